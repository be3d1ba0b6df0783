/** An OpenID Connect issuer that this instance trusts to sign people in, as its operator configured it. */
export type IssuerSettings = {
  /** In addresses and in the store: `dfe`. */
  readonly id: string;
  /** On the button: `DfE Sign-in`. */
  readonly name: string;
  /** The issuer's address, where its discovery document is found. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Its verified addresses may join a person who is known by that address already. */
  readonly trustedForAddress: boolean;
  /** Its organisation claim may say for which provider, by UKPRN, someone works. */
  readonly assertsUkprn: boolean;
};
