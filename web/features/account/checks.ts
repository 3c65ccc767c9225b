// What the API would refuse, said before it is asked. The API has the last word.

/** Field names and what is wrong with them. */
export type Problems = Record<string, string>;

const address = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;

const least = 10;
const mostBytes = 72;
const longestName = 100;
const longestEmail = 254;

/** What is wrong with an e-mail address; null when nothing is. */
export function emailProblem(text: string): string | null {
  const email = text.trim();
  if (!email) return 'Please enter your e-mail address.';
  if (email.length > longestEmail) return `An e-mail address has at most ${longestEmail} characters.`;
  if (!address.test(email)) return 'Please enter a whole e-mail address, such as name@example.com.';
  return null;
}

/** What is wrong with a password that somebody wants to have; null when nothing is. */
export function newPasswordProblem(password: string): string | null {
  if (!password) return 'Please choose a password.';
  const characters = [...password].length;
  if (characters < least) return `Please use at least ${least} characters; this password has ${characters}.`;
  if (new TextEncoder().encode(password).length > mostBytes) {
    return `Please use at most ${mostBytes} characters; letters with accents and other scripts count for two or more.`;
  }
  return null;
}

/** What is wrong with a name; null when nothing is. */
export function nameProblem(text: string): string | null {
  const name = text.trim();
  if (!name) return 'Please enter your name.';
  if ([...name].length > longestName) return `A name has at most ${longestName} characters.`;
  return null;
}

/** Leaves only what is wrong; null when nothing is. */
export function problemsOf(found: Record<string, string | null>): Problems | null {
  const wrong = Object.entries(found).filter((entry): entry is [string, string] => entry[1] !== null);
  return wrong.length ? Object.fromEntries(wrong) : null;
}

/** The text of a field of a form. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
