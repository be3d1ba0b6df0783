import { addressOf, colleaguesOf } from '#cap/accounts';
import { dayWords } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import type { MailBlock } from '#platform/mail/mail.ts';
import { sendMail } from '#platform/mail/outbox.ts';
import type { Letter } from '../domain/letter.ts';
import { letterPath, signPath } from '../paths.ts';

const text = (words: string): MailBlock => ({ kind: 'text', text: words });

/** Asks the contact to look at a letter. The link is what identifies them: it stands in this message alone. */
export const askToSign = async (ctx: Context, letter: Letter, to: string, until: Date): Promise<void> => {
  const from =
    ctx.actor.kind === 'person' ? `${ctx.actor.name} of ${letter.organisationName}` : letter.organisationName;
  await sendMail(ctx, {
    name: 'employers.letter',
    to: { address: to, name: letter.contact?.name ?? null },
    person: null,
    subject: `${letter.organisationName} asks for a letter from ${letter.employer.name}`,
    body: [
      text(
        `${from} asks whether ${letter.employer.name} would support teaching for an occupation, and has drafted a letter. It is yours to change: nothing is said in your name before you sign it.`,
      ),
      {
        kind: 'link',
        text: 'Read it, change it, sign it, or say no',
        href: `${ctx.address}${signPath(letter.token)}`,
      },
      text(
        `You can do so until ${dayWords(until)}. Whoever has this link can sign for you, so do not pass it on. If you did not expect it, you need do nothing.`,
      ),
    ],
  });
};

/** A copy of the link for whoever signed, under which the letter stays readable and can be taken back. */
export const thankSigner = async (ctx: Context, letter: Letter, to: string): Promise<void> => {
  await sendMail(ctx, {
    name: 'employers.letter-signed',
    to: { address: to, name: letter.contact?.name ?? null },
    person: null,
    subject: `You signed a letter for ${letter.organisationName}`,
    body: [
      text(
        `You signed the letter from ${letter.employer.name} on ${dayWords(ctx.clock())}. If it was not you, or you no longer stand by it, take it back on its page.`,
      ),
      { kind: 'link', text: 'Read what you signed', href: `${ctx.address}${signPath(letter.token)}` },
    ],
  });
};

const answers = {
  signed: (employer: string) => `${employer} signed the letter`,
  declined: (employer: string) => `${employer} does not sign the letter`,
  'taken back': (employer: string) => `${employer} took its letter back`,
} as const;

/** Tells whoever drafted it what the employer answered; one who has left the organisation learns no more of its employers. */
export const tellAnswer = async (ctx: Context, letter: Letter, answer: keyof typeof answers): Promise<void> => {
  const maker = (await colleaguesOf(ctx, letter.organisation)).find((one) => one.id === letter.madeBy);
  const address = maker ? await addressOf(ctx, maker.id) : null;
  if (address === null) return;
  const words = answers[answer](letter.employer.name);
  await sendMail(ctx, {
    name: `employers.letter-${answer.replace(' ', '-')}-told`,
    to: { address, name: null },
    person: letter.madeBy,
    subject: words,
    body: [text(`${words}.`), { kind: 'link', text: 'See the letter', href: `${ctx.address}${letterPath(letter.id)}` }],
  });
};
