import { lookup as dnsLookup } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** How an address answered. `silent`: not at all, which may be this machine's own doing. */
export type Tried = { readonly outcome: 'answers' | 'fails' | 'silent'; readonly words: string };

/**
 * Networks that no page of a public guide leads to (RFC 6890's special-purpose addresses): an editor's link must not make
 * this server ask around in its own network.
 */
const inward4 = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  inward4.addSubnet(network, prefix, 'ipv4');
// A list of its own: Node counts every IPv4 address as one of ::ffff:0:0/96.
const inward6 = new BlockList();
for (const [network, prefix] of [
  ['::', 128],
  ['::1', 128],
  // Holds an IPv4 address, or is translated into one.
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inward6.addSubnet(network, prefix, 'ipv6');

export const isPublicAddress = (ip: string): boolean => {
  const family = isIP(ip);
  return family === 4 ? !inward4.check(ip, 'ipv4') : family === 6 && !inward6.check(ip, 'ipv6');
};

class Inward extends Error {}

/** Milliseconds until an address counts as silent. */
const patienceMs = 15_000;
const mostRedirects = 5;

/** Answers by which a site turns programs away: a person may well get in. */
const turnsAway: ReadonlySet<number> = new Set([401, 403, 405, 406, 429, 999]);

const ask = (
  url: URL,
  mayReach: (ip: string) => boolean,
): Promise<{ readonly status: number; readonly to: string | null }> =>
  new Promise((resolve, reject) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0 && !mayReach(host)) return reject(new Inward());
    // The very address that was looked up is the one that is asked: nothing can change in between.
    const lookup: LookupFunction = (name, options, answer) =>
      dnsLookup(name, options, (error, address, family) => {
        const found = Array.isArray(address) ? address.map((one) => one.address) : [address];
        answer(error ?? (found.every(mayReach) ? null : new Inward()), address, family);
      });
    const asked = (url.protocol === 'https:' ? httpsRequest : httpRequest)(
      url,
      {
        method: 'GET',
        lookup,
        timeout: patienceMs,
        headers: { 'user-agent': 'HTQ-Toolkit link check', accept: '*/*' },
      },
      (answer) => {
        answer.destroy();
        resolve({ status: answer.statusCode ?? 0, to: answer.headers.location ?? null });
      },
    );
    asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
    asked.on('error', reject);
    asked.end();
  });

const reasonOf = (error: unknown): string => {
  const code = (error as { readonly code?: unknown }).code;
  if (code === 'ENOTFOUND') return 'no such host';
  if (code === 'EAI_AGAIN') return 'the host could not be looked up';
  if (code === 'ECONNREFUSED') return 'the host lets nobody in';
  if (typeof code === 'string') return code;
  return error instanceof Error ? error.message : String(error);
};

/**
 * Asks an `http:` or `https:` address whether something is there, following redirects. Nothing is read of what it says.
 *
 * @param mayReach says which IP addresses may be asked.
 */
export const tryAddress = async (
  address: string,
  mayReach: (ip: string) => boolean = isPublicAddress,
): Promise<Tried> => {
  try {
    let url = new URL(address);
    for (let hop = 0; hop <= mostRedirects; hop += 1) {
      if (url.protocol !== 'https:' && url.protocol !== 'http:')
        return { outcome: 'fails', words: `it leads to ${url.protocol}` };
      const { status, to } = await ask(url, mayReach);
      if (status >= 300 && status < 400 && to !== null) {
        url = new URL(to, url);
        continue;
      }
      if (status < 400 || turnsAway.has(status)) return { outcome: 'answers', words: String(status) };
      return { outcome: status >= 500 ? 'silent' : 'fails', words: `it answers ${status}` };
    }
    return { outcome: 'fails', words: 'it leads from one address to the next without end' };
  } catch (error) {
    if (error instanceof Inward) return { outcome: 'fails', words: 'it leads into a private network' };
    if (error instanceof TypeError) return { outcome: 'fails', words: 'it is no address' };
    return { outcome: 'silent', words: reasonOf(error) };
  }
};
