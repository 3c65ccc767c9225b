export { ListingSkeleton as default } from '@/features/listing/skeleton';
