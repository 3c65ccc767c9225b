export { CheckoutSkeleton as default } from '@/features/booking/checkout/skeleton';
