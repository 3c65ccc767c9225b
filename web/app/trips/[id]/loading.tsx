export { TripSkeleton as default } from '@/features/booking/trip/skeleton';
