export { sendSignIn as POST } from '@/features/account/without-script';
