'use client';

import { useSearchParams } from 'next/navigation';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';

import { paths } from '@/lib/paths';
import type { StayRange } from '@/ui/calendar/stay';

import { stayQueryOf } from './query';
import type { QuoteState } from './quote-state';
import { useQuote } from './use-quote';

type Chosen = {
  stay: StayRange | null;
  guests: number;
  setStay: (stay: StayRange | null) => void;
  setGuests: (guests: number) => void;
  /** What the chosen stay costs; null while no dates are chosen or nothing is known yet. */
  price: QuoteState | null;
  /** The price that is shown is not (yet) that of the chosen stay. */
  pricing: boolean;
  /** Asks for the price once more. */
  again: () => void;
};

const Context = createContext<Chosen | null>(null);

/** The stay that is being chosen on the page of a listing. The address of the page has it, too: it can be sent and reloaded. */
export function StayProvider({
  listingId,
  maxGuests,
  first,
  children,
}: {
  listingId: string;
  maxGuests: number;
  first: QuoteState | null;
  children: ReactNode;
}) {
  const parameters = useSearchParams();
  const [{ stay, guests }, choose] = useState(() => stayQueryOf(new URLSearchParams(parameters), maxGuests));
  const { price, pricing, again } = useQuote(listingId, stay, guests, first);

  const value = useMemo<Chosen>(() => {
    const set = (next: { stay: StayRange | null; guests: number }) => {
      choose({ ...next, invalid: false });
      const query = { check_in: next.stay?.start, check_out: next.stay?.end, guests: next.guests };
      window.history.replaceState(null, '', paths.listing(listingId, query));
    };
    return {
      stay,
      guests,
      setStay: (to) => set({ stay: to, guests }),
      setGuests: (to) => set({ stay, guests: to }),
      price,
      pricing,
      again,
    };
  }, [stay, guests, price, pricing, again, listingId]);
  return <Context value={value}>{children}</Context>;
}

export function useStay(): Chosen {
  const chosen = useContext(Context);
  if (!chosen) throw new Error('useStay needs a StayProvider above it.');
  return chosen;
}
