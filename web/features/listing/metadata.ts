import type { Metadata } from 'next';

import { paths } from '@/lib/paths';
import { countryName } from '@/ui/stay/country';
import { titleIn } from '@/ui/stay/words';

import { largest } from './photos';
import { publicListing } from './queries';

const most = 155; // characters that results of search engines show

/** Title, description, canonical address and picture of a listing, for search engines and for links that are shared. */
export async function listingMetadata(id: string): Promise<Metadata> {
  const listing = await publicListing(id);
  const title = titleIn(listing.title, listing.address.city);
  const description = shortened(
    listing.description ||
      `A place to stay in ${listing.address.city}, ${countryName(listing.address.country_code)}.`,
  );
  const photo = listing.photos[0];
  const image = largest(photo, 'jpeg');
  return {
    title,
    description,
    alternates: { canonical: paths.listing(id) },
    openGraph: {
      title,
      description,
      url: paths.listing(id),
      type: 'website',
      siteName: 'Rentora',
      images: image && [{ url: image.url, width: image.width, height: image.height, alt: photo?.alt_text }],
    },
    twitter: { card: image ? 'summary_large_image' : 'summary' },
  };
}

function shortened(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  if (plain.length <= most) return plain;
  return `${plain.slice(0, most).replace(/\s+\S*$/, '')}…`;
}
