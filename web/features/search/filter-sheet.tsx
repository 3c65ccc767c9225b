'use client';

import { useEffect, useRef, useState } from 'react';

import { api } from '@/lib/api/browser';
import { dataOf, isFailure } from '@/lib/api/failure';
import type { Facet } from '@/lib/api/types';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { FieldError } from '@/ui/field';

import { FilterFields } from './filter-fields';
import { rawOf } from './search-form';
import { apiQuery, changed, parseSearch, queryOf, type Search, staysHref } from './state';
import { stays, withoutFilters } from './words';

type Outlook = { found: number; facets: Facet[] };

const pause = 150; // ms without a change before the stays are counted

/** All filters in a sheet. While they are chosen, it says how many stays are left; nothing changes behind it before they are shown. */
export default function FilterSheet({
  search,
  outlook: start,
  money,
  onChoose,
  onClose,
}: {
  search: Search;
  outlook: Outlook;
  money: string[];
  onChoose: (next: Search) => void;
  onClose: () => void;
}) {
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(search);
  const [round, setRound] = useState(0); // clearing makes the fields anew
  const { outlook, pending, problem } = useOutlook(draft, start);

  function read() {
    if (!form.current) return;
    const kept = queryOf(withoutFilters(search));
    const rest = Object.entries(kept).map(([name, value]) => [
      name,
      value === undefined ? undefined : String(value),
    ]);
    setDraft(
      changed(
        parseSearch({ ...Object.fromEntries(rest), ...sortOf(search), ...rawOf(new FormData(form.current)) })
          .search,
        {},
      ),
    );
  }

  return (
    <Dialog
      open
      onClose={onClose}
      shape="sheet"
      title="Filters"
      footer={
        <>
          <Button
            variant="quiet"
            onClick={() => {
              setDraft(withoutFilters(search));
              setRound(round + 1);
            }}
          >
            Clear all
          </Button>
          <Button variant="primary" aria-busy={pending || undefined} onClick={() => onChoose(draft)}>
            {outlook.found === 0 ? 'No stays with these' : `Show ${stays(outlook.found)}`}
          </Button>
        </>
      }
    >
      <form
        ref={form}
        onChange={read}
        onSubmit={(event) => {
          event.preventDefault();
          onChoose(draft);
        }}
      >
        <FieldError>{problem}</FieldError>
        <FilterFields
          key={round}
          search={round === 0 ? search : withoutFilters(search)}
          facets={outlook.facets}
          money={money}
        />
        <span className="visually-hidden" role="status">
          {pending ? '' : `${stays(outlook.found)} with these filters`}
        </span>
      </form>
    </Dialog>
  );
}

// A sort by price goes on: the currency comes from the form.
function sortOf({ sort }: Search): Record<string, string> {
  return sort === 'relevance' ? {} : { sort };
}

function useOutlook(
  draft: Search,
  start: Outlook,
): { outlook: Outlook; pending: boolean; problem: string | null } {
  const wanted = staysHref(draft);
  const [first] = useState(wanted);
  const [got, setGot] = useState<{ address: string; outlook: Outlook; problem: string | null }>({
    address: first,
    outlook: start,
    problem: null,
  });
  useEffect(() => {
    if (wanted === got.address) return undefined;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      const query = apiQuery(draft, 1);
      dataOf(api.GET('/search/listings', { params: { query }, signal: controller.signal }))
        .then(({ found, facets }) => setGot({ address: wanted, outlook: { found, facets }, problem: null }))
        .catch((error: unknown) => {
          if (controller.signal.aborted) return;
          const problem = isFailure(error)
            ? error.message
            : 'The stays could not be counted. You can show them all the same.';
          setGot((before) => ({ ...before, address: wanted, problem }));
        });
    }, pause);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [draft, wanted, got.address]);
  return { outlook: got.outlook, pending: got.address !== wanted, problem: got.problem };
}
