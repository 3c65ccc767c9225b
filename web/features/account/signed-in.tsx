import 'server-only';

import { currentUser } from '@/lib/session';
import { ButtonLink } from '@/ui/button';
import { Notice } from '@/ui/notice';

import styles from './account.module.css';

/** Tells somebody who is signed in already that they are, before they do it again. */
export async function SignedIn({ next, label }: { next: string; label: string }) {
  const user = await currentUser();
  if (!user) return null;
  return (
    <div className={styles.already}>
      <Notice
        role="note"
        title={`You are signed in as ${user.name}`}
        actions={
          <ButtonLink href={next} size="small">
            {label}
          </ButtonLink>
        }
      >
        Signing in again is only needed for another account.
      </Notice>
    </div>
  );
}
