import { randomBytes, randomUUID } from 'node:crypto';
import { providerByUkprn } from '#cap/accounts';
import { daysAfter, londonDay } from '#kernel/london-time.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { keepFile } from '#platform/files/kept-file.ts';
import { writeCsv } from '#platform/sheets/write-csv.ts';
import { type Example, emptyText } from '../domain/example.ts';
import { monthsUntil } from '../domain/usefulness.ts';
import { addCollection, findCollection, saveCollection } from '../store/collections.ts';
import { addFile } from '../store/example-files.ts';
import { addExample, changeExample, listPublished } from '../store/examples.ts';
import { addStatement } from '../store/statements.ts';
import { putTried } from '../store/tried.ts';
import { putUsefulness } from '../store/usefulness.ts';
import { makeCollectionFindable } from './collections.ts';

/** The example store's two fictional providers. */
const northfield = '19999901';
const southgate = '19999902';

/** Days before now on which the example that waits for a moderator was sent in: it is nearly late. */
const sentDaysAgo = 9;

const withTitle = (all: readonly Example[], start: string): Example | undefined =>
  all.find((one) => one.text.title.startsWith(start));

const sayBoth = async (ctx: Context, example: string): Promise<void> => {
  const said = [
    {
      ukprn: northfield,
      doesIt: true,
      outcome: 'yes' as const,
      cost: '£600, and two days of a technician',
      text: 'Learners break the network on Mondays and mend it by Friday. Fewer of them call for the technician than before.',
    },
    {
      ukprn: southgate,
      doesIt: false,
      outcome: 'no' as const,
      cost: '£2,400 for switches that stood unused',
      text: 'Our room is shared with other courses, and what was broken on Monday was missed on Tuesday.',
    },
  ];
  for (const { ukprn, ...one } of said) {
    const provider = await providerByUkprn(ctx, ukprn);
    if (provider)
      await putTried(ctx, {
        example,
        person: null,
        ...one,
        id: randomUUID(),
        organisation: provider.id,
        provider: provider.name,
        at: ctx.clock(),
      });
  }
};

const waitFor = async (ctx: Context): Promise<void> => {
  const provider = await providerByUkprn(ctx, southgate);
  if (!provider) return;
  const sentAt = new Date(ctx.clock().getTime() - sentDaysAgo * 86_400_000);
  const id = randomUUID();
  await addExample(ctx, {
    id,
    token: randomBytes(24).toString('base64url'),
    state: 'draft',
    text: {
      ...emptyText,
      theme: 'curriculum',
      title: 'One timetable for two sites',
      summary:
        'Teachers of two sites share one timetable, so that a unit that six learners choose at each runs once for twelve.',
      steps: ['List the units that fewer than eight learners chose', 'Put both sites on the same two days'],
      costMoney: 0,
      costTime: 'A term of planning',
      learners: 12,
      result: 'Four units ran that would not have.',
      resultKnown: 'The timetable of the year before',
      providerKind: 'Further education college',
      provider: provider.name,
    },
    origin: 'sent in',
    organisation: provider.id,
    person: null,
    address: 'timetables@southgate.example',
    publishedAt: null,
    reviewDue: null,
  });
  await changeExample(ctx, id, { state: 'waiting', sentAt });
  const bytes = writeCsv([
    ['Day', 'Site', 'Unit'],
    ['Monday', 'North', 'Network security'],
    ['Tuesday', 'South', 'Network security'],
  ]);
  await addFile(ctx, {
    id: randomUUID(),
    example: id,
    title: 'The shared timetable',
    file: await keepFile(ctx, 'text/csv', bytes),
    type: 'text/csv',
    ending: 'csv',
    size: bytes.length,
    facts: { rows: 2 },
  });
};

/** Answers of the last half year, by a made-up rule: the same in every example store. */
const answerUseful = async (ctx: Context, examples: readonly Example[]): Promise<void> => {
  const months = monthsUntil(londonDay(ctx.clock()).slice(0, 7), 6);
  for (const [at, one] of examples.entries())
    for (const [month, name] of months.entries())
      for (let answer = 0; answer < 1 + ((at + month) % 4); answer += 1)
        await putUsefulness(ctx, randomUUID(), one.id, `${name}-01`, (at * 3 + month + answer) % 5 !== 0);
};

/** Days for which the example's provider agreed that its statement is shown. */
const statedForDays = 300;

const state = async (ctx: Context): Promise<void> => {
  const provider = await providerByUkprn(ctx, northfield);
  if (provider)
    await addStatement(ctx, {
      id: randomUUID(),
      organisation: provider.id,
      provider: provider.name,
      text: 'Employers around us look for network technicians whom they do not have to train for a year first. We can say of every learner which parts of the occupation they have shown.',
      approver: 'Farah Nolan (fictional)',
      approverRole: 'principal',
      person: null,
      endsOn: daysAfter(londonDay(ctx.clock()), statedForDays),
    });
};

/** What an example store has beside the illustrations: all of it fictional. */
export const seedExamplePractice = (ctx: Context): Promise<void> =>
  ctx.transaction(async (inside) => {
    const all = await listPublished(inside);
    const network = withTitle(all, 'A network that learners may break');
    const renting = withTitle(all, 'Renting before buying');
    const ward = withTitle(all, 'Sharing a simulated ward');
    if (network) await sayBoth(inside, network.id);
    await waitFor(inside);
    await state(inside);
    await answerUseful(inside, all);
    const slug = 'rooms-that-cost-less';
    await addCollection(
      inside,
      {
        id: randomUUID(),
        slug,
        title: 'Rooms that cost less',
        words:
          'Renting, sharing and letting learners break things: three ways to a room of industry standard without buying all of it.',
      },
      null,
    );
    const collection = await findCollection(inside, slug);
    if (collection) {
      const saved = {
        ...collection,
        examples: [renting, ward, network].flatMap((one) => one?.id ?? []),
        publishedAt: inside.clock(),
      };
      await saveCollection(inside, collection.id, saved);
      await makeCollectionFindable(inside, saved);
    }
    await recordAct(inside, { name: 'practice.examples-made' });
  });
