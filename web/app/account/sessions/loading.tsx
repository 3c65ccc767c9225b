import { SessionsLoading } from '@/features/account/account-loading';

export default function AccountSessionsLoading() {
  return <SessionsLoading />;
}
