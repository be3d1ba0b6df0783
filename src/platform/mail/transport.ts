import type { MailCalendar } from './mail.ts';
import type { WrittenMail } from './write-mail.ts';

export type Outgoing = {
  /** The message's id in the outbox: the same at every try, so that a copy can be told. */
  readonly id: string;
  readonly to: { readonly address: string; readonly name: string | null };
  readonly subject: string;
  readonly unsubscribe: string | null;
  readonly written: WrittenMail;
  readonly calendar: MailCalendar | null;
};

export type MailTransport = {
  /** As the start message names it, without secrets: `smtp.example.org`, `GOV.UK Notify`. */
  readonly name: string;
  /** @throws MailRefused when the message would be refused however often it is tried; any other error: try again. */
  readonly send: (mail: Outgoing) => Promise<void>;
  readonly close: () => void;
};

/** The receiving side will not have it: no such address, a full stop by policy. Another try would end the same. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
}
