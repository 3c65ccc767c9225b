import type { Metadata } from 'next';
import Link from 'next/link';

import { AuthHeader } from '@/features/account/auth-header';
import { Other } from '@/features/account/other';
import { SignInForm } from '@/features/account/sign-in-form';
import { SignedIn } from '@/features/account/signed-in';
import { problemSentence } from '@/features/account/without-script';
import { paths, safeNext } from '@/lib/paths';

export const metadata: Metadata = { title: 'Sign in', robots: { index: false } };

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const { next: asked, problem } = await searchParams;
  const next = safeNext(asked);
  return (
    <>
      <AuthHeader title="Welcome back" lead="Sign in to see your trips and to book." />
      <SignedIn next={next} label="Go on" />
      <SignInForm next={next} problem={problemSentence(problem)} />
      <Other>
        New here? <Link href={paths.register(next === '/' ? undefined : next)}>Create an account</Link>
      </Other>
    </>
  );
}
