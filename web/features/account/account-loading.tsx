import { Card, Stack } from '@/ui/layout';
import { Loading, Skeleton } from '@/ui/skeleton';

import { AccountFrame } from './account-frame';
import styles from './account.module.css';

/** The profile while it is read. */
export function ProfileLoading() {
  return (
    <AccountFrame current="profile" title="Your account">
      <Loading label="Your account is being read">
        <Stack gap={5}>
          {['19rem', '11rem', '9rem'].map((height) => (
            <Card key={height}>
              <Skeleton width="9rem" height="1.35rem" />
              <Skeleton height={`calc(${height} - 5rem)`} />
            </Card>
          ))}
        </Stack>
      </Loading>
    </AccountFrame>
  );
}

/** The sessions while they are read. */
export function SessionsLoading() {
  return (
    <AccountFrame
      current="sessions"
      title="Where you are signed in"
      lead="If you do not know one of these, end it, and set a new password."
    >
      <Loading label="Your sessions are being read">
        <div className={styles.sessions}>
          {[1, 2, 3].map((row) => (
            <div key={row} className={styles.session}>
              <Skeleton width="1.5rem" height="1.5rem" />
              <Stack gap={2}>
                <Skeleton width="11rem" />
                <Skeleton width="16rem" height="0.875rem" />
                <Skeleton width="9rem" height="0.875rem" />
              </Stack>
            </div>
          ))}
        </div>
      </Loading>
    </AccountFrame>
  );
}
