import { SearchX } from 'lucide-react';

import { ButtonLink } from '@/ui/button';
import { State } from '@/ui/notice';
import { Picture } from '@/ui/picture';
import { LinkArriving } from '@/ui/stay/arriving';

import { cardPhotos } from './photos';
import { relaxed } from './queries';
import { anything, type Search, staysHref } from './state';
import { SearchLink } from './stays-context';
import styles from './stays.module.css';
import { stays } from './words';

/** When nothing was found: what would be with a little less asked for. */
export async function Nothing({ search }: { search: Search }) {
  const offers = await relaxed(search);
  return (
    <>
      <State
        icon={<SearchX aria-hidden="true" />}
        title="Nothing fits all of this"
        actions={
          offers.length === 0 && (
            <ButtonLink href={staysHref(anything)} prefetch={false}>
              See all stays
              <LinkArriving of="results" />
            </ButtonLink>
          )
        }
      >
        {offers.length > 0
          ? 'These searches are the closest that find something.'
          : 'Another place, other dates or fewer filters will find more.'}
      </State>
      <ul role="list" className={styles.offers}>
        {offers.map(({ key, label, search: less, found, hit }) => {
          const photo = hit && cardPhotos(hit)[0];
          return (
            <li key={key} className={styles.offer}>
              {photo && (
                <Picture source={photo} sizes="6rem" ratio="1 / 1" alt="" className={styles.offerPhoto} />
              )}
              <SearchLink to={less} className={styles.offerLink}>
                {label}
              </SearchLink>
              <span className={styles.count}>{stays(found)}</span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
