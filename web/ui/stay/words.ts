const fields: [RegExp, string][] = [
  [/\bcheck_in\b/g, 'check-in'],
  [/\bcheck_out\b/g, 'check-out'],
];

/** A server's sentence about a stay as people read it: names of fields and days in words. */
export function readable(sentence: string, locale = 'en-GB'): string {
  const format = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  let text = sentence;
  for (const [name, word] of fields) text = text.replace(name, word);
  text = text.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (day) => {
    const date = new Date(`${day}T00:00:00Z`);
    return Number.isNaN(date.getTime()) ? day : format.format(date);
  });
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The title of a place with its city, which many titles name already. */
export function titleIn(title: string, city: string): string {
  return title.includes(city) ? title : `${title}, ${city}`;
}
