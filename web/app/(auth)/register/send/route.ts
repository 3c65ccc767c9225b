export { sendRegister as POST } from '@/features/account/without-script';
