import { z } from 'zod';

/** What a message is made of: one list, from which text, HTML and Notify's Markdown are written. */
export const mailBlock = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('link'), text: z.string(), href: z.string() }),
  /** To be typed off: set large. */
  z.object({ kind: z.literal('code'), code: z.string() }),
  z.object({ kind: z.literal('list'), items: z.array(z.string()) }),
]);

export type MailBlock = z.infer<typeof mailBlock>;

/** A calendar entry that goes with a message: `method` says what it asks of the calendar (RFC 6047). */
export const mailCalendar = z.object({ method: z.enum(['REQUEST', 'CANCEL']), text: z.string() });

export type MailCalendar = z.infer<typeof mailCalendar>;

export type Mail = {
  /** `accounts.sign-in`: what administrators see of it. */
  readonly name: string;
  readonly to: { readonly address: string; readonly name: string | null };
  /** Whose it is, when it is for a person who has an account: it goes when they go. */
  readonly person: string | null;
  /** Address that ends the list this belongs to with one POST (RFC 8058); left out: it belongs to none. */
  readonly unsubscribe?: string;
  readonly subject: string;
  readonly body: readonly MailBlock[];
  /** Left out: it has none. GOV.UK Notify takes none, so what it adds has a link in the text as well. */
  readonly calendar?: MailCalendar;
};
