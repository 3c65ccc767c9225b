import { ProfileLoading } from '@/features/account/account-loading';

export default function AccountLoading() {
  return <ProfileLoading />;
}
