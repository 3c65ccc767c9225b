export { sendBecomeHost as POST } from '@/features/account/without-script';
