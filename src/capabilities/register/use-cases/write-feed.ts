import { dayWords } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import { writeAtom } from '#platform/feed/write-atom.ts';
import { withdrawalReasons } from '../domain/fact.ts';
import { entryPath, registerFeedPath, registerPath } from '../paths.ts';
import { latestFacts, ofKind } from '../store/facts.ts';
import { asOfToday, readEntries } from './read-register.ts';

/** Facts in the feed. */
const most = 50;

/** Approvals and withdrawals as a feed, the newest first: there in the moment in which they are entered. */
export const writeRegisterFeed = async (ctx: Context): Promise<string> => {
  const today = asOfToday(ctx).on;
  const facts = await latestFacts(ctx, ['approval', 'withdrawal'], most);
  const entries = new Map(
    (await readEntries(ctx, asOfToday(ctx), [...new Set(facts.map((one) => one.keys.qualification ?? ''))])).map(
      (one) => [one.id, one],
    ),
  );
  const approvals = ofKind(facts, 'approval').map((one) => ({
    one,
    words: `Approved for ${one.body.occupationTitle} on ${dayWords(one.body.approvedOn)}, cycle ${one.body.cycle}; first teach ${dayWords(one.body.firstTeach)}.${one.to === null ? '' : ` It ${one.to <= today ? 'ended' : 'ends'} on ${dayWords(one.to)}.`}`,
    verb: 'Approved',
  }));
  const withdrawals = ofKind(facts, 'withdrawal').map((one) => ({
    one,
    words: `Approval is withdrawn from ${dayWords(one.from)}. ${withdrawalReasons[one.body.reason]}.`,
    verb: 'Withdrawn',
  }));
  return writeAtom(
    ctx,
    { title: 'the register', path: registerPath(), feedPath: registerFeedPath },
    [...approvals, ...withdrawals]
      .toSorted((a, b) => b.one.recordedAt.getTime() - a.one.recordedAt.getTime())
      .map(({ one, words, verb }) => ({
        path: `${entryPath(one.keys.qualification ?? '')}#${one.kind}-${one.keys.occupation ?? 'all'}-${one.from}-${one.recordedAt.getTime()}`,
        title: `${verb}: ${entries.get(one.keys.qualification ?? '')?.title ?? one.keys.qualification}`,
        words,
        at: one.recordedAt,
      })),
  );
};
