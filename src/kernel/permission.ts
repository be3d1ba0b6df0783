import type { Actor } from './actor.ts';

/** What a permission is asked about, such as `{ organisation: ID }`: on a page, the parameters of its address. */
export type Subject = Readonly<Record<string, string>>;

/** One rule of a capability's policy: the same one is asked by page, API and command. */
export type Permission = {
  /** `accounts.lead-organisation` */
  readonly name: string;
  /** Completes "You must be …" for whoever may not. */
  readonly who: string;
  readonly allows: (actor: Actor, subject: Subject) => boolean;
};

/** The act is not for this actor. The edge turns it into a page or a line. */
export class NotAllowed extends Error {
  override readonly name = 'NotAllowed';
  readonly permission: Permission;

  constructor(permission: Permission) {
    super(`This is for ${permission.who}.`);
    this.permission = permission;
  }
}

/** Whoever runs the instance's commands and jobs holds its database, so nothing is kept from them. */
export const isAllowed = (actor: Actor, permission: Permission, subject: Subject = {}): boolean =>
  actor.kind === 'system' || permission.allows(actor, subject);

/** @throws NotAllowed */
export const demand = (actor: Actor, permission: Permission, subject: Subject = {}): void => {
  if (!isAllowed(actor, permission, subject)) throw new NotAllowed(permission);
};

/** For what belongs to whoever is signed in, such as their own account. */
export const signedIn: Permission = {
  name: 'signed-in',
  who: 'people who are signed in',
  allows: (actor) => actor.kind === 'person',
};
