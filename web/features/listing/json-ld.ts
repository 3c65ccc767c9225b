import type { Listing } from '@/lib/api/types';
import { amenities } from '@/lib/labels';
import { minorUnits } from '@/lib/money';

import { largest } from './photos';

/** What search engines read of a listing, in the terms of schema.org; url is its canonical address. */
export function structuredData(listing: Listing, url: string): Record<string, unknown> {
  const { price, address, location } = listing;
  return {
    '@context': 'https://schema.org',
    '@type': ['VacationRental', 'Product'],
    '@id': url,
    url,
    identifier: listing.id,
    name: listing.title,
    description: listing.description,
    image: listing.photos.slice(0, 8).flatMap((photo) => largest(photo, 'jpeg')?.url ?? []),
    address: {
      '@type': 'PostalAddress',
      addressLocality: address.city,
      addressRegion: address.region,
      addressCountry: address.country_code,
    },
    geo: { '@type': 'GeoCoordinates', latitude: location.lat, longitude: location.lng },
    checkinTime: listing.check_in_from,
    checkoutTime: listing.check_out_until,
    petsAllowed: listing.amenities.includes('pets_allowed'),
    smokingAllowed: listing.amenities.includes('smoking_allowed'),
    numberOfRooms: listing.bedrooms,
    amenityFeature: listing.amenities.map((amenity) => ({
      '@type': 'LocationFeatureSpecification',
      name: amenities[amenity] ?? amenity,
      value: true,
    })),
    containsPlace: {
      '@type': 'Accommodation',
      additionalType: { entire_place: 'EntirePlace', private_room: 'PrivateRoom', shared_room: 'SharedRoom' }[
        listing.room_type
      ],
      occupancy: { '@type': 'QuantitativeValue', value: listing.max_guests },
      numberOfBedrooms: listing.bedrooms,
      numberOfBathroomsTotal: listing.bathrooms,
      bed: { '@type': 'BedDetails', numberOfBeds: listing.beds },
    },
    ...(price && {
      offers: {
        '@type': 'Offer',
        url,
        availability: 'https://schema.org/InStock',
        price: decimal(price.nightly_minor, price.currency),
        priceCurrency: price.currency,
        priceSpecification: {
          '@type': 'UnitPriceSpecification',
          price: decimal(price.nightly_minor, price.currency),
          priceCurrency: price.currency,
          unitCode: 'DAY',
        },
      },
    }),
  };
}

/**
 * JSON for the text of a <script>: React writes that text as it is, so that nothing in it may look like the end of the script or a
 * comment.
 */
export function scriptJSON(data: unknown): string {
  return JSON.stringify(data).replace(/</g, '\\u003c');
}

function decimal(minor: number, currency: string): string {
  const units = minorUnits(currency);
  return (minor / units).toFixed(Math.round(Math.log10(units)));
}
