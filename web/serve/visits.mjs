/**
 * Who asks for a page: somebody with a session, for whom it is rendered alone, or a visitor, whose page is everybody's and may be kept.
 * A kept page must depend on nothing but its key, so that all else which could tell people apart is taken from the request.
 */

/** The cookies that a visitor's page may depend on, and the form of their values. */
const chosen = { rentora_theme: /^[a-z]{1,12}$/, rentora_locale: /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/ };

/** What no page of a visitor needs, and what could lead to a page that is not everybody's. */
const personal = ['authorization', 'x-nonce', 'x-forwarded-host', 'x-forwarded-proto', 'forwarded'];

/** Name and value of each cookie of a request, as the API and the session's renewal read them: without the blanks around them. */
function cookiesOf({ headers }) {
  return (headers.cookie ?? '')
    .split(';')
    .map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [pair.trim(), ''] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    })
    .filter(([name]) => name);
}

/** Whether the request is for a page, by somebody without a session. Any cookie that looks like one of a session counts as one. */
export function isVisit(request) {
  const { method, url = '/', headers } = request;
  return (
    (method === 'GET' || method === 'HEAD') &&
    (headers.accept ?? '').includes('text/html') &&
    headers.rsc === undefined &&
    headers['next-action'] === undefined &&
    !cookiesOf(request).some(([name]) => /^__(host|secure)-/i.test(name)) &&
    !/^\/(api|_next)\//.test(url)
  );
}

/**
 * Leaves of a visitor's request only what its page may depend on, and gives that as the page's key. The order and number of other
 * cookies, and values that mean nothing here, make no other page.
 */
export function anonymous(request) {
  const values = {};
  for (const [name, value] of cookiesOf(request)) if (chosen[name]?.test(value)) values[name] ??= value;
  const cookies = Object.keys(values)
    .sort()
    .map((name) => `${name}=${values[name]}`);
  for (const name of personal) delete request.headers[name];
  if (cookies.length > 0) request.headers.cookie = cookies.join('; ');
  else delete request.headers.cookie;
  return [request.url, ...cookies].join(' ');
}
