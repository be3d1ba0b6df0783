import { z } from 'zod';
import { addressOf, colleaguesOf, providerByUkprn } from '#cap/accounts';
import { dayWords } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import { defineEvent, recordEvent } from '#platform/events/recorded-event.ts';
import { sendMail } from '#platform/mail/outbox.ts';
import type { Statement } from '../domain/credential.ts';
import { offerPath } from '../paths.ts';
import { type StoredCredential, standingFor } from '../store/credentials.ts';

/** A mark ended, and those who held it were told: recorded with the messages, for whoever keeps the case. */
export const holdersTold = defineEvent(
  'quality-mark.holders-told',
  z.object({
    qualification: z.string(),
    /** The occupation that the mark was for; `null`: nobody holds the mark for any. */
    occupation: z.string().nullable(),
    provider: z.string(),
    /** Who got a message. */
    people: z.number().int(),
    /** Credentials that stand for the same qualification and occupation, of other offers. */
    remaining: z.number().int(),
  }),
);

/** A credential that was taken back because its mark no longer holds, and why. */
export type EndedMark = { readonly credential: StoredCredential; readonly reasons: readonly string[] };

const titlesOf = (statements: readonly Statement[]): string => {
  const titles = [...new Set(statements.map((one) => one.title))];
  return titles.length === 1 ? (titles[0] ?? '') : `${titles.length} qualifications`;
};

/** @returns how many got the message. */
const mailEveryone = async (
  ctx: Context,
  ukprn: string,
  message: Pick<Parameters<typeof sendMail>[1], 'name' | 'subject' | 'body'>,
): Promise<number> => {
  const provider = await providerByUkprn(ctx, ukprn);
  let people = 0;
  for (const colleague of provider ? await colleaguesOf(ctx, provider.id) : []) {
    const address = await addressOf(ctx, colleague.id);
    if (address === null) continue;
    people += 1;
    await sendMail(ctx, { ...message, to: { address, name: colleague.name }, person: colleague.id });
  }
  return people;
};

/** A mark that ended once and holds again: whoever was told to take it down hears of it. */
export const tellReturned = async (
  ctx: Context,
  ukprn: string,
  returned: readonly { readonly offer: string; readonly statement: Statement }[],
): Promise<void> => {
  if (returned.length === 0) return;
  await mailEveryone(ctx, ukprn, {
    name: 'quality-mark.returned',
    subject: `The quality mark may be used again for ${titlesOf(returned.map((one) => one.statement))}`,
    body: [
      ...returned.flatMap(({ offer, statement }) => [
        {
          kind: 'text' as const,
          text: `Since ${dayWords(ctx.clock())}, ${statement.provider} may use the quality mark again for ${statement.title} and the occupation ${statement.occupationTitle}.`,
        },
        { kind: 'link' as const, text: 'See what holds today', href: `${ctx.address}${offerPath(offer)}` },
      ]),
      { kind: 'text', text: 'Its page has the files and a new credential: the one that was taken back stays refused.' },
    ],
  });
};

/** Tells everyone of a provider, in one message, which of its marks no longer hold and what to do; then says whom it told. */
export const tellHolders = async (ctx: Context, ukprn: string, ended: readonly EndedMark[]): Promise<void> => {
  if (ended.length === 0) return;
  const people = await mailEveryone(ctx, ukprn, {
    name: 'quality-mark.ended',
    subject: `The quality mark no longer holds for ${titlesOf(ended.map((one) => one.credential.statement))}`,
    body: [
      ...ended.flatMap(({ credential: { statement, offer }, reasons }) => [
        {
          kind: 'text' as const,
          text: `Since ${dayWords(ctx.clock())}, ${statement.provider} may no longer use the quality mark for ${statement.title} and the occupation ${statement.occupationTitle}.`,
        },
        {
          kind: 'list' as const,
          items: reasons.length > 0 ? [...reasons] : ['The register no longer holds this offer.'],
        },
        { kind: 'link' as const, text: 'See what holds today', href: `${ctx.address}${offerPath(offer)}` },
      ]),
      {
        kind: 'text',
        text: 'Take down every copy of the mark that you downloaded, and the words beside it. A mark that this site serves into your page says so by itself already, and the credential is refused.',
      },
    ],
  });
  for (const { credential } of ended) {
    const { qualification, occupation, statement } = credential;
    const remaining = await standingFor(ctx, qualification, occupation);
    await recordEvent(ctx, holdersTold, { qualification, occupation, provider: statement.provider, people, remaining });
  }
};
