import type { Failure } from '@/lib/api/failure';

/** How long to wait, in words: "a minute", "12 minutes", "about an hour". */
export function waitWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (minutes <= 1) return 'a minute';
  if (minutes < 50) return `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours <= 1 ? 'about an hour' : `about ${hours} hours`;
}

/** What a failure says to somebody who signs in or looks after their account. */
export function failureWords(failure: Failure): string {
  if (failure.status !== 429) return failure.message;
  const wait = failure.retryAfter ? waitWords(failure.retryAfter) : 'a few minutes';
  return `There were too many attempts from here. Please wait ${wait} before the next one.`;
}
