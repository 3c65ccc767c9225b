import { AuthFrame } from '@/features/account/auth-frame';

export default function AuthLayout({ children }: LayoutProps<'/'>) {
  return <AuthFrame>{children}</AuthFrame>;
}
