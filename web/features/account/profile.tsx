import 'server-only';

import { redirect } from 'next/navigation';

import { isFailure, open } from '@/lib/api/failure';
import { api } from '@/lib/api/server';
import { formatDate } from '@/lib/dates';
import { roles } from '@/lib/labels';
import { paths } from '@/lib/paths';
import { here, requireUser } from '@/lib/session';
import { Badge } from '@/ui/badge';
import { ButtonLink } from '@/ui/button';
import { Card, Facts, Stack } from '@/ui/layout';

import { AccountFrame } from './account-frame';
import styles from './account.module.css';
import { ChangePassword, ProfileForm } from './profile-form';

/** Who somebody is here, and how to change it. */
export async function Profile() {
  await requireUser(await here());
  const { data: user, etag } = await mine();
  return (
    <AccountFrame current="profile" title="Your account">
      <Stack gap={5}>
        <Card>
          <section className={styles.section} aria-labelledby="about-you">
            <h2 id="about-you">About you</h2>
            <ProfileForm user={user} etag={etag ?? ''} />
          </section>
        </Card>
        <Card>
          <section className={styles.section} aria-labelledby="sign-in-data">
            <h2 id="sign-in-data">Signing in</h2>
            <Facts
              items={[
                [
                  'E-mail',
                  <span key="email">
                    {user.email}{' '}
                    <Badge tone={user.email_verified ? 'good' : 'warning'}>
                      {user.email_verified ? 'Confirmed' : 'Not confirmed'}
                    </Badge>
                  </span>,
                ],
                ['Account', roles[user.role]],
                ['Here since', formatDate(user.created_at.slice(0, 10), 'en-GB', { dateStyle: 'long' })],
              ]}
            />
          </section>
        </Card>
        <Card>
          <section className={styles.section} aria-labelledby="password">
            <h2 id="password">Password</h2>
            <ChangePassword email={user.email} />
          </section>
        </Card>
        {user.role === 'guest' && (
          <Card>
            <section className={styles.section} aria-labelledby="hosting">
              <h2 id="hosting">Have a place to let?</h2>
              <div className={styles.line}>
                <p className={styles.small}>With the same account you can be a host, too.</p>
                <ButtonLink href={paths.becomeHost()}>See how it works</ButtonLink>
              </div>
            </section>
          </Card>
        )}
      </Stack>
    </AccountFrame>
  );
}

async function mine() {
  try {
    return await open((await api()).GET('/users/me'));
  } catch (error) {
    if (isFailure(error) && error.status === 401) redirect(paths.signIn(await here()));
    throw error;
  }
}
