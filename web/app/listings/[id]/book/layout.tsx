import { here, requireUser } from '@/lib/session';

export default async function CheckoutLayout({ children }: LayoutProps<'/listings/[id]/book'>) {
  await requireUser(await here());
  return children;
}
