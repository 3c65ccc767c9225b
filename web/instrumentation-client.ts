import { catchLinkToken } from '@/features/account/link-token';
import { report } from '@/lib/report';

// This runs in every page before the application starts: so early that no fault goes unheard, and that the token of a mailed link is
// out of the address before the router, or anything else, has read it.
catchLinkToken();

addEventListener('error', (event) => {
  // Pictures and scripts that do not load come without an error.
  if (event.error) report('script', event.error);
});

addEventListener('unhandledrejection', (event) => report('promise', event.reason));
