import { addressOf, checkedBy } from '#cap/accounts';
import type { Person } from '#kernel/actor.ts';
import { londonDay } from '#kernel/london-time.ts';
import { demand } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { sendMail } from '#platform/mail/outbox.ts';
import type { Assertion } from '../domain/fact.ts';
import { proposalPath } from '../paths.ts';
import { keepRegister } from '../policy.ts';
import { factsBelieved, lockRegister } from '../store/facts.ts';
import { addProposal, decideOn, findProposal, listProposals, lockProposal, type Proposal } from '../store/proposals.ts';
import { openWithdrawalCases } from './cases.ts';
import { changedMeanwhile } from './changed-meanwhile.ts';
import { findLeftOvers, readCycle } from './cycles.ts';
import { enterFacts } from './enter-facts.ts';

export type { Proposal } from '../store/proposals.ts';
export { findProposal, listProposals };

export type NewProposal = {
  /** The id that the form was made with. */
  readonly id: string;
  readonly words: string;
  readonly assertions: readonly Assertion[];
  readonly reason: string;
};

/** Puts before a second person what is to be entered. The same form sent twice comes once. */
export const propose = (ctx: Context, person: Person, one: NewProposal): Promise<void> => {
  demand(ctx.actor, keepRegister);
  return ctx.transaction(async (inside) => {
    if (!(await addProposal(inside, { ...one, madeBy: person.id }))) return;
    await recordAct(inside, {
      name: 'register.proposed',
      subject: { kind: 'register-proposal', id: one.id },
      after: { words: one.words },
    });
  });
};

export type DecisionRefusal =
  | 'unknown'
  | 'decided'
  | 'needs-second-person'
  | 'others-can'
  /** The register says something else by now than when it was proposed. */
  | 'changed'
  /** A next cycle would drag something of the last along. */
  | 'left-over';

/** What was right when it was proposed has to be so when it is entered. */
const whyNotNow = async (ctx: Context, one: Proposal): Promise<'changed' | 'left-over' | null> => {
  if (await changedMeanwhile(ctx, one.assertions, one.madeAt)) return 'changed';
  for (const said of one.assertions)
    if (said.kind === 'cycle' && said.body && !(await readCycle(ctx, said.subject)))
      if ((await findLeftOvers(ctx, { ...said.body, id: said.subject }, one.id)).length > 0) return 'left-over';
  return null;
};

/**
 * Enters what was proposed, or declines it. By the instance's rule someone other than the proposer decides; where one
 * person may do both, that is recorded and shown.
 */
export const decideProposal = (
  ctx: Context,
  person: Person,
  id: string,
  decision: { readonly enter: boolean; readonly note: string },
): Promise<Result<void, DecisionRefusal>> => {
  demand(ctx.actor, keepRegister);
  return ctx.transaction(async (inside) => {
    const one = await lockProposal(inside, id);
    if (!one) return refused('unknown');
    if (one.state !== 'waiting') return refused('decided');
    // Whoever made it may always take it back.
    const own = one.madeBy === person.id;
    const checked = decision.enter ? await checkedBy(inside, one.madeBy ?? '', person.id, 'editor') : null;
    if (checked?.kind === 'refused') return refused(checked.reason);
    if (decision.enter) {
      // What is looked at here must still be so when it is entered.
      await lockRegister(inside);
      const why = await whyNotNow(inside, one);
      if (why !== null) return refused(why);
    }
    await decideOn(inside, id, {
      state: decision.enter ? 'entered' : 'declined',
      by: person.id,
      onePerson: checked?.kind === 'same-person',
      note: decision.note,
    });
    if (decision.enter) {
      await enterFacts(
        inside,
        one.assertions,
        { source: one.reason, retrievedOn: londonDay(one.madeAt) },
        {
          name: 'register.entered',
          subject: { kind: 'register-proposal', id },
          after: { words: one.words, checked: checked?.kind },
        },
      );
      await openWithdrawalCases(inside, one.assertions);
    } else
      await recordAct(inside, {
        name: 'register.declined',
        subject: { kind: 'register-proposal', id },
        after: { words: one.words },
      });
    const address = own || one.madeBy === null ? null : await addressOf(inside, one.madeBy);
    if (address !== null)
      await sendMail(inside, {
        name: 'register.decided',
        to: { address, name: null },
        person: one.madeBy,
        subject: decision.enter ? `Entered in the register: ${one.words}` : `Not entered: ${one.words}`,
        body: [
          {
            kind: 'text',
            text: decision.enter
              ? 'What you proposed stands in the register now.'
              : 'What you proposed was not entered.',
          },
          ...(decision.note ? [{ kind: 'text' as const, text: decision.note }] : []),
          { kind: 'link', text: 'See it', href: `${ctx.address}${proposalPath(id)}` },
        ],
      });
    return ok(undefined);
  });
};

/** Why this person cannot enter a proposal, told before they try; `null`: they can. */
export const whyNotEntered = async (
  ctx: Context,
  proposal: Proposal,
  person: Person,
): Promise<DecisionRefusal | null> => {
  const why = await whyNotNow(ctx, proposal);
  if (why !== null) return why;
  const checked = await checkedBy(ctx, proposal.madeBy ?? '', person.id, 'editor');
  return checked.kind === 'refused' ? checked.reason : null;
};

/**
 * What the register says where a proposal would say something else: today, or the moment before it was decided on. Where nothing
 * stands, what is entered already and begins later.
 */
export const standingBefore = async (ctx: Context, proposal: Proposal) => {
  const { decidedAt } = proposal;
  const on = londonDay(decidedAt ?? ctx.clock());
  const facts = await factsBelieved(
    ctx,
    { on, known: decidedAt && new Date(decidedAt.getTime() - 1) },
    { subjects: proposal.assertions.map((one) => one.subject) },
  );
  return proposal.assertions.map((assertion) => {
    const of = facts.filter((one) => one.kind === assertion.kind && one.subject === assertion.subject);
    const stands = of.find((one) => one.from <= on && (one.to === null || one.to > on));
    const toCome = of.find((one) => one.from > on && (one.to === null || one.to > assertion.from));
    return {
      assertion,
      before: stands ?? toCome ?? null,
      /** The day from which it holds, where that is still to come. */
      begins: stands ? null : (toCome?.from ?? null),
    };
  });
};
