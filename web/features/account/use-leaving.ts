'use client';

import { useEffect, useState } from 'react';

/**
 * Goes to an address by loading it anew, so that the whole page knows what has changed about the account. leaving stays true until
 * the page is gone; it is false again when the browser brings the page back as it was left.
 */
export function useLeaving() {
  const [leaving, setLeaving] = useState(false);
  useEffect(() => {
    const back = (event: PageTransitionEvent) => {
      if (event.persisted) location.reload();
    };
    addEventListener('pageshow', back);
    return () => removeEventListener('pageshow', back);
  }, []);
  return {
    leaving,
    leave(to: string) {
      setLeaving(true);
      location.assign(to);
    },
  };
}
