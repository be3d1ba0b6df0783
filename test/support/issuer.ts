import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import type { IssuerSettings } from '#platform/issuer.ts';

export type Claims = Readonly<Record<string, unknown>>;

export type Issuer = {
  readonly settings: IssuerSettings;
  /** Whom the issuer takes the browser for: its subject, and what it says of them; `null`: it says they declined. */
  signsIn: { readonly subject: string; readonly claims: Claims } | null;
  /** From now on tokens are signed with keys that its published ones do not verify. */
  readonly changeKeys: () => void;
  readonly close: () => Promise<void>;
};

const newKeys = () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid: 'the-key' }] };
};

const clientId = 'toolkit';
const clientSecret = 'a-secret-of-the-test';

/**
 * A real OpenID Connect issuer (oidc-provider) on the loopback. Its own pages are left out: whoever arrives is signed
 * in as `signsIn` says.
 *
 * @param returnAddress where it may send browsers back to.
 */
export const openIssuer = async (
  id: string,
  returnAddress: string,
  trust: Pick<IssuerSettings, 'trustedForAddress' | 'assertsUkprn'>,
): Promise<Issuer> => {
  const server: Server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const published = newKeys();
  const make = (jwks: object) => {
    const provider = new Provider(address, {
      clients: [
        {
          client_id: clientId,
          client_secret: clientSecret,
          redirect_uris: [returnAddress],
          id_token_signed_response_alg: 'ES256',
        },
      ],
      jwks,
      claims: {
        openid: ['sub'],
        email: ['email', 'email_verified'],
        profile: ['name', 'given_name', 'family_name'],
        organisation: ['organisation'],
      },
      scopes: ['openid', 'email', 'profile', 'organisation'],
      features: { devInteractions: { enabled: false } },
      cookies: { keys: ['test'] },
      interactions: { url: (_ctx: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}` },
      findAccount: (_ctx: unknown, accountId: string) => ({
        accountId,
        claims: async () => ({ sub: accountId, ...(issuer.signsIn?.claims ?? {}) }),
      }),
      loadExistingGrant: async (ctx: {
        oidc: {
          client: { clientId: string };
          session: { accountId: string };
          provider: { Grant: new (of: object) => Grant };
        };
      }) => {
        const grant = new ctx.oidc.provider.Grant({
          clientId: ctx.oidc.client.clientId,
          accountId: ctx.oidc.session.accountId,
        });
        grant.addOIDCScope('openid email profile organisation');
        await grant.save();
        return grant;
      },
    });
    provider.on('server_error', (_ctx: unknown, error: Error) => process.stderr.write(`issuer: ${error.message}\n`));
    return provider;
  };
  type Grant = { addOIDCScope: (scope: string) => void; save: () => Promise<void> };
  let provider = make(published);
  server.on('request', async (request: IncomingMessage, response: ServerResponse) => {
    if (request.url?.startsWith('/interaction/')) {
      const result = issuer.signsIn
        ? { login: { accountId: issuer.signsIn.subject, remember: false } }
        : { error: 'access_denied', error_description: 'They declined' };
      await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
      return;
    }
    provider.callback()(request, response);
  });
  const issuer: Issuer = {
    settings: { id, name: `The issuer ${id}`, issuer: address, clientId, clientSecret, ...trust },
    signsIn: null,
    changeKeys: () => {
      provider = make(newKeys());
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
  return issuer;
};

/** Follows an issuer's redirects as a browser would, until one leads back to `until`. */
export const walkThrough = async (start: string, until: string): Promise<string> => {
  const jar = new Map<string, string>();
  let address = start;
  for (let hops = 0; hops < 10; hops += 1) {
    const answer = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const one of answer.headers.getSetCookie()) {
      const [pair = ''] = one.split(';');
      const at = pair.indexOf('=');
      jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const to = answer.headers.get('location');
    if (!to) throw new Error(`The issuer answered ${answer.status} without leading on: ${await answer.text()}`);
    address = new URL(to, address).href;
    if (address.startsWith(until)) return address;
  }
  throw new Error('The issuer leads round in circles');
};
