import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** True for a request of a page of this server, or of a client that is no browser. Pages of other origins are refused. */
export function isOwnRequest({ headers, socket }: IncomingMessage): boolean {
  const { host, origin } = headers;
  const isLoopback = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(socket.remoteAddress ?? '');
  if (!isLoopback || host === undefined || !hostsOf(socket.localPort).includes(host)) return false;
  if (origin !== undefined && origin !== `http://${host}`) return false;
  // https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

/** True for a link of another page that is opened as a page of its own: a frame, a form or a script is not. */
export const isOpenedLink = ({ method, headers, socket }: IncomingMessage): boolean =>
  method === 'GET' &&
  headers['sec-fetch-mode'] === 'navigate' &&
  headers['sec-fetch-dest'] === 'document' &&
  hostsOf(socket.localPort).includes(headers.host ?? '');

/** Names under which a browser reaches a port of this machine; any other one is DNS rebinding. */
const hostsOf = (port: number | undefined): readonly string[] =>
  ['127.0.0.1', 'localhost'].flatMap((name) => [`${name}:${port ?? ''}`, ...(port === 80 ? [name] : [])]);

/** True if a request has the token, compared in constant time. */
export function hasToken({ headers }: IncomingMessage, token: string): boolean {
  const [, given] = /^Bearer ([\w-]+)$/.exec(headers.authorization ?? '') ?? [];
  return timingSafeEqual(digest(given ?? ''), digest(token));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Headers of every answer: no other page may frame, read or keep anything. */
export const safeHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;
