import { here, requireUser } from '@/lib/session';

export default async function TripsLayout({ children }: LayoutProps<'/trips'>) {
  await requireUser(await here());
  return children;
}
