'use client';

import { MailCheck } from 'lucide-react';
import type { ReactNode } from 'react';

import { Row } from '@/ui/layout';

import styles from './account.module.css';
import { AuthHeader } from './auth-header';

/** In place of a form that led to a mail: what to do now. */
export function MailSent({
  title = 'Look into your mail',
  children,
  actions,
}: {
  title?: string;
  children: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className={styles.form}>
      <span className={styles.emblem}>
        <MailCheck size={28} aria-hidden="true" />
      </span>
      <AuthHeader title={title} focused />
      <div className={styles.text}>{children}</div>
      {actions && <Row>{actions}</Row>}
    </div>
  );
}
