'use client';

import { LogOut } from 'lucide-react';

import { api } from '@/lib/api/browser';
import { dataOf } from '@/lib/api/failure';
import { paths } from '@/lib/paths';
import { toast } from '@/ui/toast';

/** Ends this session. The page is loaded anew: nothing of the account stays in memory. */
export function SignOutButton() {
  async function signOut() {
    try {
      await dataOf(api.POST('/auth/logout'));
      location.assign(paths.home());
    } catch (error) {
      toast(error instanceof Error ? error.message : 'That did not work. Please try again.', { tone: 'bad' });
    }
  }
  return (
    <button type="button" onClick={() => void signOut()}>
      <LogOut size={18} aria-hidden="true" />
      Sign out
    </button>
  );
}
