import { BadgeCheck, CalendarCheck2, ReceiptText } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';

import { paths } from '@/lib/paths';
import { ButtonLink } from '@/ui/button';
import { Page } from '@/ui/layout';
import { Notice } from '@/ui/notice';
import { Picture } from '@/ui/picture';
import { LinkArriving } from '@/ui/stay/arriving';

import { Card } from './card';
import styles from './home.module.css';
import { searchOfPlace } from './place-name';
import { newestStays, type PicturedPlace, popularPlaces } from './queries';
import { SearchForm } from './search-form';
import { anything, parseSearch, type RawQuery, staysHref } from './state';
import { stayOf } from './stay';
import { stays } from './words';

/** The first page: look for a stay, or see where there are some. */
export async function Home({ raw }: { raw: RawQuery }) {
  const [places, newest] = await Promise.all([popularPlaces(7), newestStays(8)]);
  const { search } = parseSearch(raw);
  const [top, ...others] = places;
  return (
    <Page className={styles.page}>
      <section className={styles.hero} aria-labelledby="hero-title">
        <div className={styles.words}>
          <h1 id="hero-title">Somewhere good to stay, and only yours</h1>
          <p>See the whole price before you book. A night that you book belongs to nobody else.</p>
        </div>
        <div className={styles.form}>
          <SearchForm search={search} />
        </div>
        {/* Last, as on a phone: above the form it would be pushed down by what of the form is read after the first paint. */}
        {top && <HeroPhoto {...top} />}
      </section>
      {others.length > 0 && (
        <Section
          id="places"
          title="Where to go"
          more={
            <ButtonLink href={paths.stays()} prefetch={false}>
              All stays
              <LinkArriving of="results" />
            </ButtonLink>
          }
        >
          <ul role="list" className={styles.places}>
            {others.slice(0, 6).map((one) => (
              <PlaceCard key={one.place.bbox} {...one} />
            ))}
          </ul>
        </Section>
      )}
      {!newest && (
        <Notice tone="warning" role="note" title="Places cannot be shown right now">
          Something on our side did not answer. Look for a stay all the same, or come back in a moment.
        </Notice>
      )}
      {newest && newest.length > 0 && (
        <Section
          id="newest"
          title="New on Rentora"
          more={
            <ButtonLink href={staysHref({ ...anything, sort: 'newest' })} prefetch={false}>
              Newest first
              <LinkArriving of="results" />
            </ButtonLink>
          }
        >
          <ul role="list" className={styles.strip}>
            {newest.map((hit) => (
              <Card
                key={hit.id}
                stay={stayOf(hit)}
                level={3}
                sizes="(min-width: 64rem) 18rem, (min-width: 40rem) 40vw, 75vw"
              />
            ))}
          </ul>
        </Section>
      )}
      <Promises />
    </Page>
  );
}

function HeroPhoto({ place, hit, photo }: PicturedPlace) {
  return (
    <figure className={styles.photo}>
      <Picture
        source={photo}
        sizes="(min-width: 64rem) 40rem, (min-width: 40rem) 96vw, 86vw"
        ratio="auto"
        first
        alt={photo.alt_text || hit.title}
        className={styles.cover}
      />
      <figcaption className={styles.caption}>
        <Link href={staysHref(searchOfPlace(place))} prefetch={false}>
          {place.name}, {stays(place.listings)}
          <LinkArriving of="results" />
        </Link>
      </figcaption>
    </figure>
  );
}

function Section({
  id,
  title,
  more,
  children,
}: {
  id: string;
  title: string;
  more: ReactNode;
  children: ReactNode;
}) {
  return (
    <section aria-labelledby={id} className={styles.section}>
      <header className={styles.sectionHead}>
        <h2 id={id}>{title}</h2>
        {more}
      </header>
      {children}
    </section>
  );
}

function PlaceCard({ place, photo }: PicturedPlace) {
  return (
    <li className={styles.place}>
      {photo && (
        <Picture
          source={photo}
          sizes="(min-width: 64rem) 26rem, (min-width: 40rem) 46vw, 46vw"
          ratio="4 / 3"
          alt=""
          className={styles.placePhoto}
        />
      )}
      <h3>
        <Link href={staysHref(searchOfPlace(place))} prefetch={false} className={styles.placeLink}>
          {place.name}
          <LinkArriving of="results" />
        </Link>
      </h3>
      <p>
        {place.kind === 'country' ? 'Country' : place.country} · {stays(place.listings)}
      </p>
    </li>
  );
}

function Promises() {
  const promises = [
    {
      Icon: ReceiptText,
      title: 'The whole price at once',
      text: 'With your dates in, every price is the total: cleaning, extra guests and taxes are in it.',
    },
    {
      Icon: CalendarCheck2,
      title: 'Never booked twice',
      text: 'While you book, nobody else can take your nights. What is confirmed stays yours.',
    },
    {
      Icon: BadgeCheck,
      title: 'Looked at by people',
      text: 'Each place is checked by our team before it can be found here, and after each change.',
    },
  ];
  return (
    <section aria-label="What you can count on" className={styles.promises}>
      {promises.map(({ Icon, title, text }) => (
        <div key={title}>
          <Icon size={28} aria-hidden="true" />
          <h2>{title}</h2>
          <p>{text}</p>
        </div>
      ))}
    </section>
  );
}
