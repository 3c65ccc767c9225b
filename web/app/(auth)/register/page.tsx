import type { Metadata } from 'next';
import Link from 'next/link';

import { Other } from '@/features/account/other';
import { RegisterForm } from '@/features/account/register-form';
import { problemSentence } from '@/features/account/without-script';
import { paths, safeNext } from '@/lib/paths';

export const metadata: Metadata = { title: 'Create an account', robots: { index: false } };

export default async function RegisterPage({ searchParams }: PageProps<'/register'>) {
  const { next: asked, as, problem, sent } = await searchParams;
  const next = safeNext(asked);
  return (
    <>
      <RegisterForm next={next} host={as === 'host'} problem={problemSentence(problem)} sent={sent === '1'} />
      <Other>
        Have an account? <Link href={paths.signIn(next === '/' ? undefined : next)}>Sign in</Link>
      </Other>
    </>
  );
}
