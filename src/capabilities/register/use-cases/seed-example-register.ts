import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { londonDay } from '#kernel/london-time.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import {
  type Assertion,
  approvalBody,
  approvalSubject,
  changeBody,
  noKeys,
  offerBody,
  providerBody,
  qualificationBody,
  withdrawalBody,
} from '../domain/fact.ts';
import { recordFacts } from '../store/facts.ts';
import { openCase } from './cases.ts';
import { makeFindable } from './enter-facts.ts';
import { asOfToday, entriesForOccupation } from './read-register.ts';
import { writeKind } from './register-kind.ts';

const day = z.string();
const exampleFile = z.object({
  providers: z.array(
    providerBody
      .omit({ closedOn: true })
      .extend({ ukprn: z.string(), from: day, closedOn: day.nullable().default(null) }),
  ),
  qualifications: z.array(
    qualificationBody.omit({ fictional: true }).extend({
      id: z.string(),
      approvals: z.array(approvalBody.omit({ option: true }).extend({ occupation: z.string() })),
      offers: z.array(
        offerBody.omit({ units: true }).extend({
          id: z.string(),
          ukprn: z.string(),
          from: day,
          until: day.optional(),
          units: z.array(z.string()).default([]),
        }),
      ),
      changes: z.array(changeBody.extend({ id: z.string() })).default([]),
      withdrawal: withdrawalBody.extend({ on: day }).optional(),
    }),
  ),
});

const place = join(import.meta.dirname, '../../../../examples/register.json');
const source = 'Made up for this project';

type ExampleFile = z.infer<typeof exampleFile>;

/** When the example's authority recorded something that became true on a day: the week after. */
const recordedOn = (from: string): Date => new Date(Date.parse(`${from}T09:30:00Z`) + 7 * 86_400_000);

const ofProviders = (file: ExampleFile): readonly Assertion[] =>
  file.providers.flatMap(({ ukprn, from, ...body }): Assertion[] => {
    const shared = { kind: 'provider' as const, subject: ukprn, keys: { ...noKeys, ukprn }, to: null };
    const open = { ...shared, from, body: { ...body, closedOn: null } };
    return body.closedOn ? [open, { ...shared, from: body.closedOn, body }] : [open];
  });

const ofQualifications = (file: ExampleFile): readonly Assertion[] =>
  file.qualifications.flatMap(({ id, approvals, offers, changes, withdrawal, ...own }) => {
    const keys = { ...noKeys, qualification: id };
    const began = approvals.map((one) => one.approvedOn).toSorted()[0] ?? '2021-01-01';
    const until = withdrawal?.on ?? null;
    const facts: Assertion[] = [
      { kind: 'qualification', subject: id, keys, from: began, to: null, body: { ...own, fictional: true } },
    ];
    for (const { occupation, ...body } of approvals)
      facts.push({
        kind: 'approval',
        subject: approvalSubject(id, occupation),
        keys: { ...keys, occupation },
        from: body.approvedOn,
        to: null,
        body: { ...body, option: null },
      });
    for (const { id: subject, ukprn, from, until: ended, ...body } of offers) {
      const about = { kind: 'offer' as const, subject, keys: { ...keys, ukprn } };
      facts.push({ ...about, from, to: null, body });
      if (ended ?? until) facts.push({ ...about, from: ended ?? until ?? from, to: null, body: null });
    }
    for (const { id: subject, ...body } of changes)
      facts.push({ kind: 'change', subject, keys, from: body.answeredOn ?? body.proposedOn, to: null, body });
    if (withdrawal) {
      const { on, ...body } = withdrawal;
      facts.push({ kind: 'withdrawal', subject: id, keys, from: on, to: null, body });
      for (const { occupation } of approvals)
        facts.push({
          kind: 'approval',
          subject: approvalSubject(id, occupation),
          keys: { ...keys, occupation },
          from: on,
          to: null,
          body: null,
        });
    }
    return facts;
  });

/** One date was entered wrong at first, and put right: so that what was known then differs from what is known now. */
const asFirstEntered = (facts: readonly Assertion[]): readonly Assertion[] =>
  facts.flatMap((one): Assertion[] =>
    one.kind === 'approval' && one.subject === '999-0001-1/ST9001' && one.body
      ? [{ ...one, body: { ...one.body, firstTeach: '2024-10-01' } }]
      : [],
  );

/** The awarding organisation's word that came after an offer was recorded: until then it stood without. */
const confirmedLater = (one: Assertion): Date | null => {
  if (one.kind !== 'offer' || !one.body?.confirmedOn) return null;
  const confirmed = recordedOn(one.body.confirmedOn);
  return one.body.confirmedOn > londonDay(recordedOn(one.from)) ? confirmed : null;
};

const unconfirmed = (facts: readonly Assertion[]): readonly Assertion[] =>
  facts.flatMap((one): Assertion[] =>
    one.kind === 'offer' && one.body && confirmedLater(one)
      ? [{ ...one, body: { ...one.body, confirmedBy: null, confirmedOn: null, confirmedWith: null } }]
      : [],
  );

/** The fictional register of an example store, recorded as time went by. */
export const seedExampleRegister = async (ctx: Context): Promise<void> => {
  const file = exampleFile.parse(JSON.parse(readFileSync(place, 'utf8')));
  const facts = [...ofProviders(file), ...ofQualifications(file)];
  const wrong = asFirstEntered(facts);
  const corrected = new Date('2023-02-01T11:00:00Z');
  const dated = facts.map((one) => ({
    one,
    at: wrong.some((first) => first.subject === one.subject)
      ? corrected
      : (confirmedLater(one) ?? recordedOn(one.from)),
  }));
  const all = [
    ...[...wrong, ...unconfirmed(facts)].map((one) => ({ one, at: recordedOn(one.from) })),
    ...dated,
  ].toSorted((a, b) => a.at.getTime() - b.at.getTime());
  await ctx.transaction(async (inside) => {
    await writeKind(inside, { kind: 'authority' });
    for (const { one, at } of all) {
      const then = at < ctx.clock() ? at : ctx.clock();
      await recordFacts({ ...inside, clock: () => then }, [one], { source, retrievedOn: londonDay(then) });
    }
    await makeFindable(
      inside,
      file.qualifications.map((one) => one.id),
    );
    for (const entry of await entriesForOccupation(inside, asOfToday(inside), 'ST9001'))
      if (entry.approvals.some((one) => one.standardVersion === '1.0'))
        await openCase(inside, {
          qualification: entry.id,
          occupation: 'ST9001',
          cause: 'revised',
          words: `ST9001 Community network technician was revised: version 1.1 is new, and ${entry.title} is approved for it`,
          about: `revised ST9001 1.1 4 ${entry.id}`,
        });
    await recordAct(inside, { name: 'register.example-entered', after: { facts: all.length } });
  });
};
