/** How much time is left, as short as it can be said: "2 days 4 h", "5 h 12 min", "14:05". */
export function timeLeft(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
  ];
  if (days > 0) return `${days} ${days === 1 ? 'day' : 'days'} ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes} min`;
  return `${minutes}:${String(seconds % 60).padStart(2, '0')}`;
}

/** What is said aloud when so much time is left, and only then; null in between. */
export function spokenLeft(milliseconds: number, at: number[] = [300, 60]): string | null {
  const seconds = Math.ceil(milliseconds / 1000);
  for (const mark of at) {
    // A little while, so that a screen reader that is busy gets to it.
    if (seconds <= mark && seconds > mark - 10)
      return mark >= 120 ? `${mark / 60} minutes left.` : `${mark} seconds left.`;
  }
  return null;
}
