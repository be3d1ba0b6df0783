import { z } from 'zod';
import type { Person } from '#kernel/actor.ts';
import { demand } from '#kernel/permission.ts';
import type { Reference, Referred } from '#kernel/reference.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { enqueue } from '#platform/jobs/enqueue.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { sendMail } from '#platform/mail/outbox.ts';
import { putEntries } from '#platform/search/search-entry.ts';
import { type Round, roundState } from '../domain/round.ts';
import { answersPath, resultsPath } from '../paths.ts';
import { manageRounds } from '../policy.ts';
import { answersOnPage } from '../store/enquiries.ts';
import { addDecision, decisionsOn, findCodeBook, listDecisions, removeDecision } from '../store/reading.ts';
import { dropAddresses, listToTell } from '../store/round-answers.ts';
import { changeRound, listRounds, lockRound } from '../store/rounds.ts';

export { listDecisions } from '../store/reading.ts';

/** What published results are called among all that can be found. */
export const roundResultsKind = 'round-results';

export type DecisionRefusal = 'no-such-thing' | 'no-such-theme';

/** Says what was done about a theme. @param reference to the very thing that it changed; `null`: to nothing, and the text says why. */
export const decide = (
  ctx: Context,
  person: Person,
  round: Round,
  id: string,
  decision: { readonly theme: string; readonly text: string; readonly reference: Reference | null },
): Promise<Result<void, DecisionRefusal>> => {
  demand(ctx.actor, manageRounds);
  return ctx.transaction(async (inside) => {
    const { reference } = decision;
    const book = await findCodeBook(inside, round.id);
    if (!book?.themes.some((one) => one.id === decision.theme)) return refused('no-such-theme');
    const referred = reference ? await inside.references.find(inside, reference) : null;
    if (reference && !referred) return refused('no-such-thing');
    await addDecision(
      inside,
      round.id,
      {
        id,
        theme: decision.theme,
        text: decision.text,
        referenceKind: reference?.kind ?? '',
        referenceId: reference?.id ?? '',
        referenceTitle: referred?.title ?? '',
      },
      person.id,
    );
    await recordAct(inside, {
      name: 'have-your-say.decided',
      subject: { kind: 'round', id: round.id },
      after: { theme: decision.theme, reference },
    });
    return ok(undefined);
  });
};

export const takeDecisionOut = (ctx: Context, round: Round, id: string): Promise<void> => {
  demand(ctx.actor, manageRounds);
  return ctx.transaction(async (inside) => {
    await removeDecision(inside, round.id, id);
    await recordAct(inside, { name: 'have-your-say.decision-removed', subject: { kind: 'round', id: round.id } });
  });
};

export type PublishRefusal = 'not-closed' | 'no-decision';

/** Publishes what was said and what was done, and tells those who left an address. Done twice, they are told once. */
export const publishResults = (ctx: Context, round: Round): Promise<Result<void, PublishRefusal>> => {
  demand(ctx.actor, manageRounds);
  return ctx.transaction(async (inside) => {
    const one = await lockRound(inside, round.id);
    const state = roundState(one, ctx.clock());
    if (state === 'results') return ok(undefined);
    if (state !== 'closed') return refused('not-closed');
    const decisions = await listDecisions(inside, one.id);
    if (decisions.length === 0) return refused('no-decision');
    await changeRound(inside, one.id, { resultsAt: ctx.clock() });
    await putEntries(inside, [
      {
        kind: roundResultsKind,
        id: one.id,
        href: resultsPath(one.slug),
        title: one.title,
        summary: 'What was said, and what was done about it',
        body: [one.purpose, ...decisions.map((each) => each.text)].join('\n'),
        codes: [],
        route: null,
        level: null,
        changedAt: ctx.clock(),
      },
    ]);
    await recordAct(inside, { name: 'have-your-say.results-published', subject: { kind: 'round', id: one.id } });
    await enqueue(inside, tellAnswerersJob, { round: one.id });
    return ok(undefined);
  });
};

/** Messages of one transaction: enough to be quick, few enough that nobody waits for it. */
const atOnce = 100;

/**
 * Tells everyone who left an address, and deletes it in the same transaction: whoever was told is not told again, however
 * often this is run, and whoever was not is.
 */
export const tellAnswerers = async (ctx: Context, roundId: string): Promise<number> => {
  const round = (await listRounds(ctx)).find((one) => one.id === roundId);
  if (!round) return 0;
  for (let told = 0; ; ) {
    const batch = await ctx.transaction(async (inside) => {
      const waiting = await listToTell(inside, round.id, atOnce);
      for (const { address, person } of waiting) {
        if (address === null) continue;
        await sendMail(inside, {
          name: 'have-your-say.results',
          to: { address, name: null },
          person,
          subject: `What came of “${round.title}”`,
          body: [
            { kind: 'text', text: 'You answered. What was said is published, and beside it what was done.' },
            { kind: 'link', text: 'You said, we did', href: `${ctx.address}${resultsPath(round.slug)}` },
            { kind: 'text', text: 'Your address was kept for this message alone, and is deleted now.' },
          ],
        });
      }
      await dropAddresses(
        inside,
        waiting.map((one) => one.id),
      );
      return waiting.length;
    });
    told += batch;
    if (batch < atOnce) return told;
  }
};

export const tellAnswerersJob: JobDefinition<{ round: string }> = {
  name: 'have-your-say.tell',
  title: 'Tell those who answered a round what came of it',
  data: z.object({ round: z.string() }),
  tries: 5,
  backOffSeconds: 60,
  limitSeconds: 1800,
  kind: 'stepwise',
  run: async (ctx, { round }) => `Told ${await tellAnswerers(ctx, round)}.`,
};

/** Decisions and published answers that concern a thing, so that its own page leads to them. */
export const sayingsPointingAt = async (ctx: Context, reference: Reference): Promise<readonly Referred[]> => {
  const decided = (await decisionsOn(ctx, reference.kind, reference.id, ctx.clock())).map((one) => ({
    title: `You said, we did: ${one.title}`,
    href: resultsPath(one.slug),
  }));
  const referred = await ctx.references.find(ctx, reference);
  const asked = referred ? await answersOnPage(ctx, referred.href) : [];
  return [...decided, ...asked.map((one) => ({ title: one.question, href: `${answersPath}#${one.id}` }))];
};
