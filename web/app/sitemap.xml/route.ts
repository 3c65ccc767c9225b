import { indexXML, partNames, xmlResponse } from '@/lib/sitemap';

export const dynamic = 'force-dynamic';

export async function GET(): Promise<Response> {
  return xmlResponse(indexXML(await partNames()));
}
