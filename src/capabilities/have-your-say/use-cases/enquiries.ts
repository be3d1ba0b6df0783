import { addressOf, peopleWithRole } from '#cap/accounts';
import type { Person } from '#kernel/actor.ts';
import { daysAfter, dayWords, londonDay } from '#kernel/london-time.ts';
import { demand } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { sendMail } from '#platform/mail/outbox.ts';
import { putEntries } from '#platform/search/search-entry.ts';
import { answerDays, type Enquiry, type EnquiryKind, referenceOf, type Topic, topicWords } from '../domain/enquiry.ts';
import { answersPath, inboxOnePath } from '../paths.ts';
import { answerEnquiries } from '../policy.ts';
import { addEnquiry, lockEnquiry, setOwner, settleEnquiry } from '../store/enquiries.ts';

export {
  findEnquiry,
  listAnswers,
  listNew,
  listSettled,
  listWanted,
} from '../store/enquiries.ts';

/** What published answers are called among all that can be found. */
export const answerKind = 'answer';

/**
 * Takes down what someone asks. Nothing of it is public before somebody has read it.
 *
 * @param id made with the form, so that a form that is sent twice asks once.
 */
export const ask = (
  ctx: Context,
  id: string,
  asked: {
    readonly kind: EnquiryKind;
    readonly topic: Topic;
    readonly text: string;
    readonly address: string | null;
  },
): Promise<void> =>
  ctx.transaction(async (inside) => {
    const person = ctx.actor.kind === 'person' ? ctx.actor.id : null;
    const due = daysAfter(londonDay(ctx.clock()), answerDays);
    if (!(await addEnquiry(inside, { ...asked, id, person, due }))) return;
    await recordAct(inside, {
      name: 'have-your-say.asked',
      subject: { kind: 'enquiry', id },
      after: { kind: asked.kind, topic: asked.topic },
    });
    const asker = asked.address ?? (person ? await addressOf(inside, person) : null);
    if (asker !== null)
      await sendMail(inside, {
        name: 'have-your-say.received',
        to: { address: asker, name: null },
        person,
        subject: `Your question has arrived: ${referenceOf(id)}`,
        body: [
          {
            kind: 'text',
            text: `A question was sent with this address on ${ctx.name}, about: ${topicWords[asked.topic]}. Its reference is ${referenceOf(id)}.`,
          },
          {
            kind: 'text',
            text:
              asked.kind === 'enquiry'
                ? `You have an answer here by ${dayWords(due)}.`
                : 'Somebody reads it and puts it before other providers, in words that name nobody.',
          },
        ],
      });
    for (const editor of await peopleWithRole(inside, 'editor')) {
      if (!editor.address) continue;
      await sendMail(inside, {
        name: 'have-your-say.to-editors',
        to: { address: editor.address, name: null },
        person: editor.id,
        subject:
          asked.kind === 'enquiry' ? `Asked: ${topicWords[asked.topic]}` : 'Wanted: a question to other providers',
        body: [
          { kind: 'text', text: `Somebody asks, to be answered by ${dayWords(due)}.` },
          { kind: 'link', text: 'Read it', href: `${ctx.address}${inboxOnePath(id)}` },
        ],
      });
    }
  });

export type SettleRefusal = 'unknown' | 'settled';

export type Settled =
  /** Sent to whoever asked; with a public question and answer, published for all. */
  | {
      readonly kind: 'answer';
      readonly answer: string;
      readonly publicQuestion: string | null;
      /** Address on this site of the page that it concerns; empty: none. */
      readonly page: string;
    }
  /** A wanted question is put before providers, in words that name nobody. */
  | { readonly kind: 'publish-wanted'; readonly question: string }
  | { readonly kind: 'decline'; readonly reason: string };

/** @returns whether there was an address to write to. */
const tellAsker = async (ctx: Context, one: Enquiry, subject: string, words: string): Promise<boolean> => {
  const address = one.address ?? (one.person ? await addressOf(ctx, one.person) : null);
  if (address === null) return false;
  await sendMail(ctx, {
    name: 'have-your-say.answer',
    to: { address, name: null },
    person: one.person,
    subject,
    body: [
      { kind: 'text', text: `You asked: ${one.text.slice(0, 500)}` },
      { kind: 'text', text: words },
    ],
  });
  return true;
};

/** Answers, publishes or declines, and tells whoever asked. Of two who do so at once, one is taken. @returns whether somebody is told. */
export const settle = (
  ctx: Context,
  person: Person,
  id: string,
  settled: Settled,
): Promise<Result<boolean, SettleRefusal>> => {
  demand(ctx.actor, answerEnquiries);
  return ctx.transaction(async (inside) => {
    const one = await lockEnquiry(inside, id);
    if (!one) return refused('unknown');
    if (one.state !== 'new') return refused('settled');
    let told = false;
    const nothing = { answer: null, publicQuestion: null, publicAnswer: null, page: '', by: person.id };
    switch (settled.kind) {
      case 'answer': {
        const { answer, publicQuestion, page } = settled;
        const publicAnswer = publicQuestion === null ? null : answer;
        await settleEnquiry(inside, id, { ...nothing, state: 'answered', answer, publicQuestion, publicAnswer, page });
        told = await tellAsker(inside, one, 'Your question is answered', answer);
        if (publicQuestion !== null)
          await putEntries(inside, [
            {
              kind: answerKind,
              id,
              href: `${answersPath}#${id}`,
              title: publicQuestion,
              summary: topicWords[one.topic],
              body: answer,
              codes: [],
              route: null,
              level: null,
              changedAt: ctx.clock(),
            },
          ]);
        break;
      }
      case 'publish-wanted':
        await settleEnquiry(inside, id, { ...nothing, state: 'open', publicQuestion: settled.question });
        told = await tellAsker(
          inside,
          one,
          'Other providers are asked',
          'Your question is on the list of what providers want to know.',
        );
        break;
      case 'decline':
        await settleEnquiry(inside, id, { ...nothing, state: 'declined', answer: settled.reason });
        told = await tellAsker(inside, one, 'About your question', settled.reason);
        break;
    }
    await recordAct(inside, {
      name: 'have-your-say.settled',
      subject: { kind: 'enquiry', id },
      after: { how: settled.kind },
    });
    return ok(told);
  });
};

/** Whose it is to answer. */
export const giveTo = (ctx: Context, id: string, owner: string | null): Promise<boolean> => {
  demand(ctx.actor, answerEnquiries);
  return ctx.transaction(async (inside) => {
    if (!(await lockEnquiry(inside, id))) return false;
    await setOwner(inside, id, owner);
    await recordAct(inside, { name: 'have-your-say.given', subject: { kind: 'enquiry', id }, after: { owner } });
    return true;
  });
};

/** Who may be given an enquiry. */
export const possibleOwners = async (ctx: Context) => {
  const all = [...(await peopleWithRole(ctx, 'editor')), ...(await peopleWithRole(ctx, 'moderator'))];
  return [...new Map(all.map((one) => [one.id, one])).values()];
};
