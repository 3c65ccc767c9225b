export { sendForgot as POST } from '@/features/account/without-script';
