import { type NextRequest, NextResponse } from 'next/server';

import { policy } from './lib/security';
import { renew } from './lib/renewal';

/** Every page passes here before it is rendered: its session is renewed if need be, and its content policy is set. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const headers = new Headers(request.headers);
  const path = request.nextUrl.pathname;
  if (path.startsWith('/api/')) return NextResponse.rewrite(apiAddress(request), { request: { headers } });

  const renewed = await renew(headers);
  const csp = policy(headers, request.headers.has('x-rentora-visitor'));
  if (headers.has('x-nonce')) headers.set('content-security-policy', csp);
  headers.set('x-rentora-path', here(request));
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', csp);
  for (const cookie of renewed) response.headers.append('set-cookie', cookie);
  return response;
}

function apiAddress(request: NextRequest): URL {
  const api = process.env.RENTORA_WEB_API_URL ?? 'http://127.0.0.1:8080';
  return new URL(request.nextUrl.pathname + request.nextUrl.search, api);
}

export const config = {
  matcher: ['/((?!_next/|map/|fonts/|icon|apple-icon|favicon|manifest|robots.txt|sitemap|healthz).*)'],
};

// Without Next's own parameter of navigations.
function here(request: NextRequest): string {
  const query = new URLSearchParams(request.nextUrl.search);
  query.delete('_rsc');
  const text = query.toString();
  return request.nextUrl.pathname + (text ? `?${text}` : '');
}
