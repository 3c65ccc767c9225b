/**
 * Ends a server in order on SIGTERM: for a while it still takes requests, because who sends them learns late that it goes, and tells each
 * asker not to send another one this way; then it takes no new ones, ends those that it has, and exits.
 */
export function drainOn(
  server,
  { seconds, signals = ['SIGTERM', 'SIGINT'], exit = process.exit, longest = 20 },
) {
  let going = false;
  const end = () => {
    server.close(() => exit(0));
    server.closeIdleConnections();
    setTimeout(() => exit(0), longest * 1000).unref();
  };
  const begin = () => {
    if (going) return;
    going = true;
    setTimeout(end, seconds * 1000);
  };
  for (const signal of signals) process.on(signal, begin);
  server.prependListener('request', (_, response) => {
    if (going) response.setHeader('connection', 'close');
  });
  return begin;
}
