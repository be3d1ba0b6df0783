import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { from } from '@digitalbazaar/ed25519-multikey';
import { createSignCryptosuite } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { cryptosuite as rdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue } from '@digitalbazaar/vc';
import { loaderOf } from './known-documents.ts';
import type { SigningKey } from './signing-key.ts';

export type Signer = {
  /** The issuer's own address. */
  readonly controller: string;
  /** The key's address: the controller's with a fragment. */
  readonly method: string;
  readonly key: SigningKey;
};

export type SignedCredential = Readonly<Record<string, unknown>> & { readonly proof: readonly object[] };

/** A key that is ready to sign: made once, used many times. */
export type OpenSigner = { readonly sign: (credential: object, at: Date) => Promise<SignedCredential> };

const seconds = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;

/**
 * Signs Verifiable Credentials 2.0 with a set of two Data Integrity proofs over the same document: `eddsa-rdfc-2022`, which
 * every wallet and verifier of Open Badges reads, and `eddsa-jcs-2022`, which a browser checks with what it has (decision 0009).
 *
 * Signing refuses a term that the document's contexts do not define, so that nothing goes unsigned in silence.
 */
export const openSigner = async ({ controller, method, key }: Signer): Promise<OpenSigner> => {
  const pair = await from({
    '@context': 'https://w3id.org/security/multikey/v1',
    type: 'Multikey',
    id: method,
    controller,
    ...key,
  });
  const signer = pair.signer();
  const documentLoader = loaderOf([]);
  return {
    sign: async (credential, at) => {
      const date = seconds(at);
      // A copy: the library writes its proofs into what it is given.
      let signed: object = structuredClone(credential);
      for (const cryptosuite of [rdfc, createSignCryptosuite()])
        signed = await issue({
          credential: signed,
          suite: new DataIntegrityProof({ cryptosuite, signer, date }),
          documentLoader,
          now: at,
        });
      const { proof } = signed as { readonly proof: object | readonly object[] };
      // The schema of Open Badges 3.0 wants a list, however many there are.
      return { ...signed, proof: [proof].flat() };
    },
  };
};
