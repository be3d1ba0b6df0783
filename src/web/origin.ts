import type { FastifyRequest } from 'fastify';

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const localNames = new Set(['localhost', '127.0.0.1', '[::1]']);
const forwarded = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];

/** A loopback socket, a literal localhost name and no sign of a proxy: nobody but this machine's user can have asked. */
export const isAtThisMachine = (request: FastifyRequest): boolean => {
  const host = (request.raw.headers.host ?? '').replace(/:\d+$/, '');
  return (
    loopback.has(request.socket.remoteAddress ?? '') &&
    localNames.has(host) &&
    forwarded.every((name) => request.raw.headers[name] === undefined)
  );
};

/**
 * Whether a form was sent by a page of this site. Every browser of today says so in `Sec-Fetch-Site` (Fetch Metadata)
 * or `Origin`; a program that sends neither carries no one's cookies.
 */
export const isSentFromHere = (request: FastifyRequest): boolean => {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin } = request.headers;
  if (origin === undefined) return true;
  // Without TLS there is no Sec-Fetch-Site, and a page that sends no referrer is "null": form tokens alone guard then.
  if (origin === 'null') return true;
  return URL.canParse(origin) && new URL(origin).host === request.host;
};
