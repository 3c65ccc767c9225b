import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = (quality) => (body) =>
  promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });

/** The forms in which an answer may go: quickly made ones for pages, and the best for files that are made once. */
export const encoders = {
  br: brotli(5),
  gzip: (body) => promisify(gzip)(body),
  best: brotli(10),
};

/** The best form that the browser takes. */
export function encodingFor({ headers }) {
  const accepted = headers['accept-encoding'] ?? '';
  return /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : 'identity';
}
