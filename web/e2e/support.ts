import {
  type APIRequestContext,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  expect,
  type Page,
  type Response,
} from '@playwright/test';

/** What a test needs of the world around the browser: accounts, mails and days. All of it is real. */

export const password = 'a long and quiet passphrase';

/** Where the web stands. */
export const base = process.env.RENTORA_PUBLIC_URL ?? '';
const mail = process.env.RENTORA_MAIL_URL ?? '';

export type Person = { email: string; name: string };
export type Mail = { subject: string; text: string };

let count = 0;

/** A name and an address that nobody has had before. */
export function somebody(role: string): Person {
  const mark = `${Date.now().toString(36)}-${process.pid}-${count++}`;
  return {
    email: `${role}-${mark}@example.test`,
    name: `${role.charAt(0).toUpperCase()}${role.slice(1)} ${mark}`,
  };
}

/** The newest mail to an address of which the text fits; waits until it has come. */
export async function mailTo(request: APIRequestContext, email: string, fits: RegExp): Promise<Mail> {
  let found: Mail | undefined;
  await expect
    .poll(
      async () => {
        const answer = await request.get(`${mail}/api/messages?to=${encodeURIComponent(email)}`);
        found = ((await answer.json()) as Mail[]).find(({ text }) => fits.test(text));
        return found !== undefined;
      },
      { message: `a mail to ${email} that says ${fits}`, timeout: 30_000 },
    )
    .toBe(true);
  if (!found) throw new Error('there is no mail');
  return found;
}

/** The token of the newest mail to an address that holds a link to a page. */
export async function tokenFor(request: APIRequestContext, email: string, page: string): Promise<string> {
  const pattern = new RegExp(`${page}#token=(\\S+)`);
  return pattern.exec((await mailTo(request, email, pattern)).text)?.[1] ?? '';
}

async function post(request: APIRequestContext, path: string, data: unknown): Promise<void> {
  const answer = await request.post(`/api/v1${path}`, { data, headers: { origin: base } });
  expect(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
}

/** Makes an account with a verified address, without the screens: for journeys that begin later. */
export async function makeAccount(
  request: APIRequestContext,
  role: 'guest' | 'host',
  person = somebody(role),
): Promise<Person> {
  await post(request, '/auth/register', { ...person, password, role });
  await post(request, '/auth/verify-email', {
    token: await tokenFor(request, person.email, '/verify-email'),
  });
  return person;
}

/** Signs a browser in without the screens. */
export async function signIn(context: BrowserContext, email: string, secret = password): Promise<void> {
  await post(context.request, '/auth/login', { email, password: secret, transport: 'cookie' });
}

/** A browser of a demo account: seeded, with a history. */
export async function demo(
  browser: Browser,
  role: 'guest' | 'host' | 'admin',
  number = '0001',
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext(options);
  await signIn(context, `${role}-${number}@example.test`, 'rentora-demo');
  return context.newPage();
}

/** The day so many days from today, as YYYY-MM-DD. */
export function day(fromToday: number): string {
  return new Date(Date.now() + fromToday * 86_400_000).toISOString().slice(0, 10);
}

/** Opens a page and waits until nothing is on its way any more, which some pages never say: for five seconds at most. */
export async function settle(page: Page, path: string): Promise<Response | null> {
  const answer = await page.goto(path);
  await page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => undefined);
  return answer;
}
