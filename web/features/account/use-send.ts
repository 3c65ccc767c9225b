'use client';

import { useRef, useState } from 'react';

import { type Failure, isFailure, unreachable } from '@/lib/api/failure';
import { report } from '@/lib/report';

/**
 * One request at a time: send() does nothing while another is under way, resolves to what was answered, or to undefined when it
 * failed; failure then says how.
 */
export function useSend() {
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const busy = useRef(false);

  async function send<T>(ask: () => Promise<T>): Promise<T | undefined> {
    if (busy.current) return undefined;
    busy.current = true;
    setPending(true);
    setFailure(null);
    try {
      return await ask();
    } catch (error) {
      if (!isFailure(error)) report('script', error);
      setFailure(isFailure(error) ? error : unreachable());
      return undefined;
    } finally {
      busy.current = false;
      setPending(false);
    }
  }

  return { pending, failure, send, forget: () => setFailure(null) };
}
