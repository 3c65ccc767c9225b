export { TripsSkeleton as default } from '@/features/booking/trips/skeleton';
