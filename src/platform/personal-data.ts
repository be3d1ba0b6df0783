import type { Context } from './context.ts';

/** What one part of the house holds about people: shown, handed over and taken out by the account's owner. */
export type PersonalData = {
  /** As a heading: `Mail sent to you`. */
  readonly title: string;
  /** Plain JSON of what is held about the person. */
  readonly held: (ctx: Context, person: string) => Promise<unknown>;
  /** Takes it out, or the name from it where others rely on the record. Runs in the transaction of the deletion. */
  readonly erase: (ctx: Context, person: string) => Promise<void>;
};
