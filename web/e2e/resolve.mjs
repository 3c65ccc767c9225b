// Loaded into Node by `make e2e`: leads the platform's host names to the development cluster's ingress, as playwright.config.ts does for
// the browser. No name server knows them.
import dns from 'node:dns';

const address = process.env.RENTORA_E2E_ADDRESS;
const host = new URL(process.env.RENTORA_PUBLIC_URL ?? 'http://localhost').hostname;
const { lookup } = dns;
const find = dns.promises.lookup;

/** Whether it is the platform's own name, or one below it. */
const ours = (name) => address && (name === host || name.endsWith(`.${host}`));

dns.lookup = (name, options, callback) => {
  if (!ours(name)) return lookup(name, options, callback);
  const done = callback ?? options;
  return process.nextTick(() =>
    options?.all ? done(null, [{ address, family: 4 }]) : done(null, address, 4),
  );
};
dns.promises.lookup = (name, options) => {
  if (!ours(name)) return find(name, options);
  return Promise.resolve(options?.all ? [{ address, family: 4 }] : { address, family: 4 });
};
