import { firstPart, livePart, partXML, xmlResponse } from '@/lib/sitemap';

export const dynamic = 'force-dynamic';

export async function GET(_: Request, { params }: RouteContext<'/sitemap/[part]'>): Promise<Response> {
  const { part } = await params;
  const first = part === firstPart;
  const { listings } = await livePart(first ? undefined : part);
  if (!first && listings.length === 0) return new Response('There is no such part.\n', { status: 404 });
  return xmlResponse(partXML(listings, first));
}
