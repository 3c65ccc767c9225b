'use client';

import { Check } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';

import { api } from '@/lib/api/browser';
import { isFailure, open } from '@/lib/api/failure';
import { Button } from '@/ui/button';
import { toast } from '@/ui/toast';

/** Closes a group; it need not be asked for, because it opens again by itself. */
export function ResolveGroup({ id }: { id: string }) {
  const router = useRouter();
  const [pending, start] = useTransition();
  function resolve() {
    start(async () => {
      try {
        await open(api.POST('/admin/errors/{error_id}/resolve', { params: { path: { error_id: id } } }));
        toast('Resolved. It opens again by itself when it is seen again.');
      } catch (error) {
        if (!isFailure(error)) throw error;
        toast(error.message, { tone: 'bad' });
      }
      router.refresh();
    });
  }
  return (
    <Button variant="primary" pending={pending} pendingLabel="Resolving…" onClick={resolve}>
      <Check size={18} aria-hidden="true" />
      Resolve
    </Button>
  );
}
