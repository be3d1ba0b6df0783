import type { Given } from './questionnaire.ts';

/** `unconfirmed`: sent, and the address is still to be confirmed by the link that was mailed. */
export type AnswerState = 'draft' | 'unconfirmed' | 'sent';

export type AboutYou = {
  readonly name: string;
  readonly organisation: string;
  readonly providerKind: string;
  readonly region: string;
  readonly mayPublish: boolean;
  readonly address: string | null;
};

export type RoundAnswer = AboutYou & {
  readonly id: string;
  readonly round: string;
  readonly version: number;
  readonly state: AnswerState;
  readonly given: Given;
  readonly revision: number;
  readonly sentAt: Date | null;
};

export type AnswerFile = {
  readonly id: string;
  readonly question: string;
  readonly name: string;
  readonly file: string;
  readonly type: string;
  readonly size: number;
};

/** Days for which what was begun and not sent is kept, as the privacy page says. */
export const draftDays = 180;
/** Days for which an address waits to be told what came of a round that is never published: as the privacy page says. */
export const addressDays = 730;
/** Days for which an answer waits for its address to be confirmed. */
export const unconfirmedDays = 30;
/** Days after the closing in which an address may still be asked about; then the key of the hashes is thrown away. */
export const keyDays = 30;
