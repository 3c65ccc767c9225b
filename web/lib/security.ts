import { env } from './env';

/** The request header that carries a page's nonce to its scripts. */
const nonceHeader = 'x-nonce';

/**
 * The content security policy (CSP 3) of a page. One that is rendered for one person runs only scripts with this response's nonce,
 * and what they load. A visitor's page can be kept: serve.mjs puts the hashes of its inline scripts in.
 */
export function policy(headers: Headers, visitor: boolean): string {
  headers.delete(nonceHeader);
  if (visitor) return policyWith(["'self'", "'hashes'"], false);
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  headers.set(nonceHeader, nonce);
  const development = process.env.NODE_ENV === 'development';
  return policyWith(
    [`'nonce-${nonce}'`, "'strict-dynamic'", ...(development ? ["'unsafe-eval'"] : [])],
    development,
  );
}

/** The one <style> that React Aria adds by itself (touch-action of what can be pressed), by its hash; e2e/security.spec.ts opens one. */
const reactAriaStyle = "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='";

function policyWith(scripts: string[], development: boolean): string {
  const files = env().filesOrigins.join(' ');
  const style = new URL(env().mapStyleURL, env().publicURL).origin;
  const map = style === env().publicURL ? '' : style;
  const rules: [string, string][] = [
    ['default-src', "'self'"],
    ['script-src', scripts.join(' ')],
    ['style-src', development ? "'self' 'unsafe-inline'" : `'self' ${reactAriaStyle}`],
    ['style-src-attr', "'unsafe-inline'"],
    ['img-src', `'self' data: blob: ${files} ${map}`],
    ['connect-src', `'self' ${files} ${map}${development ? ' ws:' : ''}`],
    ['font-src', "'self'"],
    ['worker-src', "'self' blob:"],
    ['object-src', "'none'"],
    ['base-uri', "'none'"],
    ['form-action', "'self'"],
    ['frame-ancestors', "'none'"],
  ];
  return rules.map(([name, value]) => `${name} ${value.replace(/\s+/g, ' ').trim()}`).join('; ');
}
