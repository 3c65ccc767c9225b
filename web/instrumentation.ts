import { env } from './lib/env';

/** Next.js calls this once, when the server starts: what it needs to know is there and right, or it does not start. */
export function register(): void {
  env();
}
