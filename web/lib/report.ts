import { isFailure } from './api/failure';
import type { components } from './api/schema';

// What goes wrong in a browser reaches the API's error intake. Without personal data: no addresses of pages with their parameters,
// no e-mail addresses, no ids, nothing that was typed.

/** What the API is told. */
export type BrowserError = components['schemas']['BrowserErrorRequest'];

/** Where something went wrong: while drawing, in a script, in a promise that nobody waited for, or in a request. */
export type ReportKind = BrowserError['kind'];

/** So many are told per page load: one fault can happen at every frame. */
const most = 5;

const uuid = /\b[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\b/gi;
const email = /[^\s@"'<>()[\]]+@[^\s@"'<>()[\]]+/g;
const query = /[?#][^\s"')\]]*/g;
// In an error's text only what a program calls its parts may stay between quotation marks.
const codeName =
  /\b(reading|setting|evaluating|property|calling|module|export|named) (['"‘“])([\w$.]{1,60})(['"’”])/g;
// In production React says a number alone, and where to look it up.
const reactError = /(Minified React error) #(\d{1,4});[^]*/;
const quoted = /"[^"\n]*"|'[^'\n]*'|`[^`\n]*`|“[^”\n]*”|‘[^’\n]*’/g;
const longWord = /[A-Za-z0-9_\-+/=]{32,}/g;
const digits = /\d{5,}/g;

function common(text: string): string {
  return text.replace(uuid, '[id]').replace(email, '[email]');
}

/** A message without what may be somebody's. */
export function cleanMessage(text: string): string {
  const names: string[] = [];
  const kept = text.replace(codeName, (_, verb: string, _open: string, name: string) => {
    names.push(name);
    return `${verb} \u0000${names.length - 1}\u0000`;
  });
  return common(kept)
    .replace(reactError, '$1 $2')
    .replace(quoted, '"…"')
    .replace(query, (found) => (found.length > 1 ? '' : found))
    .replace(longWord, '[…]')
    .replace(digits, '[number]')
    .replace(/\u0000(\d+)\u0000/g, (_, index: string) => `'${names[Number(index)] ?? ''}'`)
    .slice(0, 500);
}

/** A stack's places alone: its first lines repeat the message, which may be of several lines. */
export function cleanStack(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => /^\s*at |@.*:\d+:\d+$/.test(line))
    .map((line) =>
      line
        .replace(uuid, '[id]')
        .replace(/[?#][^\s:)]*/g, '')
        .replace(/(\w+:\/\/)[^\s/@]*@/g, '$1'),
    )
    .join('\n')
    .slice(0, 8000);
}

const word = /^[a-z][a-z-]{0,39}$/;

/** The pattern of a page's address: whatever is no plain word is an id. */
export function placeOf(pathname: string): string {
  const parts = pathname.split('/').map((part) => (part === '' || word.test(part) ? part : '[id]'));
  return parts.join('/').slice(0, 200);
}

// Not ours, or not a fault: other people's scripts, what browsers say about themselves, what ends because a page is left.
const noise = /ResizeObserver loop|^Script error\.?$|NEXT_(REDIRECT|NOT_FOUND|HTTP_ERROR_FALLBACK)/;
const foreign = /(?:chrome|moz|safari-web|ms-browser)-extension:\/\//;

/** What the API is told about an error; null when it is none of ours. */
export function describe(
  kind: ReportKind,
  error: unknown,
  pathname: string,
  release: string,
): BrowserError | null {
  if (isFailure(error)) {
    // Refusals are answers, and what was not reached cannot be told.
    if (error.status < 500) return null;
    return {
      kind: 'request',
      message: cleanMessage(`${error.status} ${error.code}`),
      place: placeOf(pathname),
      release,
      ...(error.requestId ? { request_id: error.requestId.slice(0, 64) } : {}),
    };
  }
  const name = error instanceof Error ? error.name : typeof error;
  const text =
    error instanceof Error ? error.message : typeof error === 'string' ? error : 'Something was thrown';
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  if (name === 'AbortError' || noise.test(text) || foreign.test(stack)) return null;
  const digest =
    error instanceof Error && 'digest' in error && typeof error.digest === 'string' ? error.digest : '';
  const message = `${name}: ${cleanMessage(text)}${digest ? ` (${digest.slice(0, 40)})` : ''}`.slice(0, 500);
  return {
    kind,
    message,
    place: placeOf(pathname),
    release,
    ...(stack ? { stack: cleanStack(stack) } : {}),
  };
}

const told = new Set<string>();

/** Tells the API of an error in this browser, once, and never more than a few per page load. It never fails itself. */
export function report(kind: ReportKind, error: unknown): void {
  try {
    const what = describe(kind, error, location.pathname, releaseOf());
    if (!what) return;
    const key = `${what.kind} ${what.message} ${what.place}`;
    if (told.has(key) || told.size >= most) return;
    told.add(key);
    void fetch('/api/v1/errors', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(what),
      keepalive: true,
    }).catch(() => undefined);
  } catch {
    // Telling of a fault must not be another one.
  }
}

function releaseOf(): string {
  const content = document.querySelector<HTMLMetaElement>('meta[name="rentora-release"]')?.content ?? '';
  return content.replace(/[^\w.+-]/g, '').slice(0, 64) || 'unknown';
}
