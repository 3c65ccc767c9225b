'use client';

import { LockKeyhole, LockKeyholeOpen, LogOut } from 'lucide-react';

import { api } from '@/lib/api/browser';
import { open } from '@/lib/api/failure';

import { ReasonButton } from '../shared/reason-dialog';

type Who = { id: string; name: string };

const hint = 'For the audit log, in one line: what happened, who reported it.';

/** Locks an account, once it was said why. */
export function LockAccount({ id, name }: Who) {
  const params = { path: { user_id: id } };
  return (
    <ReasonButton
      look={{ variant: 'danger' }}
      label={
        <>
          <LockKeyhole size={18} aria-hidden="true" />
          Lock
        </>
      }
      title={`Lock the account of ${name}?`}
      confirm="Lock the account"
      pendingLabel="Locking…"
      hint={hint}
      done={`The account of ${name} is locked.`}
      run={(reason) => open(api.POST('/admin/users/{user_id}/lock', { params, body: { reason } }))}
    >
      <p>
        All of its sessions end at once and it cannot sign in until it is unlocked. Its bookings and listings
        stay as they are.
      </p>
    </ReasonButton>
  );
}

/** Lets an account in again, once it was said why. */
export function UnlockAccount({ id, name }: Who) {
  const params = { path: { user_id: id } };
  return (
    <ReasonButton
      look={{ variant: 'primary' }}
      label={
        <>
          <LockKeyholeOpen size={18} aria-hidden="true" />
          Unlock
        </>
      }
      confirmLook="primary"
      title={`Unlock the account of ${name}?`}
      confirm="Unlock the account"
      pendingLabel="Unlocking…"
      hint={hint}
      done={`The account of ${name} can sign in again.`}
      run={(reason) => open(api.POST('/admin/users/{user_id}/unlock', { params, body: { reason } }))}
    >
      <p>It can sign in again at once, with its old password.</p>
    </ReasonButton>
  );
}

/** Signs an account out everywhere, once it was said why. */
export function EndSessions({ id, name }: Who) {
  const params = { path: { user_id: id } };
  return (
    <ReasonButton
      label={
        <>
          <LogOut size={18} aria-hidden="true" />
          End sessions
        </>
      }
      title={`Sign ${name} out everywhere?`}
      confirm="End all sessions"
      pendingLabel="Ending…"
      hint={hint}
      done={`${name} is signed out everywhere.`}
      run={(reason) => open(api.POST('/admin/users/{user_id}/sessions/revoke', { params, body: { reason } }))}
    >
      <p>It acts within a second, in every browser and program. The account can sign in again.</p>
    </ReasonButton>
  );
}
