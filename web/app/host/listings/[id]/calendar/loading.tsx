import { CalendarLoading } from '@/features/hosting/loading';

export default function CalendarPageLoading() {
  return <CalendarLoading />;
}
