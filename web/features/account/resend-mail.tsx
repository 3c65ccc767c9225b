'use client';

import { useState } from 'react';

import { api } from '@/lib/api/browser';
import { dataOf } from '@/lib/api/failure';
import { Button } from '@/ui/button';

import styles from './account.module.css';
import { useSend } from './use-send';
import { failureWords } from './words';

/** Asks for the mail that verifies an address once more. The answer is the same for every address. */
export function ResendMail({ email }: { email: string }) {
  const { pending, failure, send } = useSend();
  const [sent, setSent] = useState(false);
  async function again() {
    setSent(false);
    const done = await send(() => dataOf(api.POST('/auth/verify-email/resend', { body: { email } })));
    if (done) setSent(true);
  }
  return (
    <div className={styles.resend}>
      <Button pending={pending} onClick={() => void again()}>
        Send the mail again
      </Button>
      <p role="status" className={styles.small}>
        {sent && 'Another mail is on its way.'}
        {failure && failureWords(failure)}
      </p>
    </div>
  );
}
