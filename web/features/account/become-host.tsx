import 'server-only';

import {
  BadgeCheck,
  CalendarCheck,
  Coins,
  HandCoins,
  House,
  KeyRound,
  MessageCircleQuestion,
} from 'lucide-react';

import { paths, withQuery } from '@/lib/paths';
import { currentUser } from '@/lib/session';
import type { User } from '@/lib/api/types';
import { ButtonLink } from '@/ui/button';
import { Page } from '@/ui/layout';
import { Notice } from '@/ui/notice';

import { BecomeHostButton } from './become-host-button';
import styles from './host.module.css';

const steps = [
  {
    Icon: House,
    title: 'Describe your place',
    text: 'Where it is, how many it sleeps, what it has, and photographs. Every step is saved as you go; you can stop at any time.',
  },
  {
    Icon: BadgeCheck,
    title: 'We look at it',
    text: 'Somebody at Rentora reads every new listing before guests see it. If something is missing, you read what, beside the field.',
  },
  {
    Icon: KeyRound,
    title: 'Guests book',
    text: 'At once, or after you have said yes to their request: you choose. Either way you see who comes, and when.',
  },
];

const promises = [
  {
    Icon: CalendarCheck,
    title: 'No night is booked twice',
    text: 'Two guests who book the same night in the same second: one of them gets it, and the other hears so at once.',
  },
  {
    Icon: Coins,
    title: 'You set the price',
    text: 'Per night, for weekends, for long stays, for cleaning. Guests see the total for their stay before they book.',
  },
  {
    Icon: HandCoins,
    title: 'You set the rules',
    text: 'Shortest and longest stay, check-in and check-out, how far ahead, and what a cancellation costs.',
  },
  {
    Icon: MessageCircleQuestion,
    title: 'You can pause',
    text: 'Block days or take the whole listing off for a while. What is booked stays booked.',
  },
];

/** What it means to be a host, and the way to become one. problem: what an attempt without scripts was answered. */
export async function BecomeHost({ problem }: { problem?: string }) {
  const user = await currentUser();
  return (
    <Page>
      <div className={styles.hero}>
        <h1>Your place, in good hands</h1>
        <p className={styles.lead}>
          Let your home, a cabin or a spare room to people who look for exactly that. Listing it costs
          nothing.
        </p>
        {problem && <Notice tone="bad">{problem}</Notice>}
        <Invitation user={user} />
      </div>
      <section aria-labelledby="steps" className={styles.section}>
        <h2 id="steps">How it works</h2>
        <ol role="list" className={styles.steps}>
          {steps.map(({ Icon, title, text }, index) => (
            <li key={title}>
              <span className={styles.number} aria-hidden="true">
                {index + 1}
              </span>
              <h3>
                <Icon size={20} aria-hidden="true" /> {title}
              </h3>
              <p>{text}</p>
            </li>
          ))}
        </ol>
      </section>
      <section aria-labelledby="promises" className={styles.section}>
        <h2 id="promises">What you can count on</h2>
        <ul role="list" className={styles.promises}>
          {promises.map(({ Icon, title, text }) => (
            <li key={title}>
              <Icon size={24} aria-hidden="true" />
              <h3>{title}</h3>
              <p>{text}</p>
            </li>
          ))}
        </ul>
      </section>
    </Page>
  );
}

function Invitation({ user }: { user: User | null }) {
  if (!user) {
    return (
      <div className={styles.actions}>
        <ButtonLink
          href={withQuery(paths.register(), { as: 'host', next: paths.newListing() })}
          variant="primary"
          size="large"
        >
          Create a host account
        </ButtonLink>
        <ButtonLink href={paths.signIn(paths.becomeHost())} size="large">
          I have an account
        </ButtonLink>
      </div>
    );
  }
  if (user.role === 'support') {
    return <Notice role="note">A support account cannot become a host. Use an account of your own.</Notice>;
  }
  if (user.role === 'guest') return <BecomeHostButton />;
  return (
    <div className={styles.actions}>
      <ButtonLink href={paths.newListing()} variant="primary" size="large">
        List a place
      </ButtonLink>
      <ButtonLink href={paths.host()} size="large">
        Go to hosting
      </ButtonLink>
    </div>
  );
}
