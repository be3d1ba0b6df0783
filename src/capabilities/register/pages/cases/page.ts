import { randomUUID } from 'node:crypto';
import { peopleWithRole } from '#cap/accounts';
import type { Person } from '#kernel/actor.ts';
import { londonDay } from '#kernel/london-time.ts';
import { NotAllowed } from '#kernel/permission.ts';
import { readTypedDay } from '#kernel/typed-day.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { counted, day, listed, moment } from '#web/words.ts';
import { causeWords, isTakenBack, withdrawalOf } from '../../domain/case.ts';
import { withdrawalKey } from '../../domain/register-entry.ts';
import { casePath, casesPath, entryEditPath, entryPath } from '../../paths.ts';
import { keepRegister } from '../../policy.ts';
import {
  endCase,
  findCase,
  type ListedCase,
  listCases,
  type StepChange,
  stepSeen,
  stepsOf,
  workOnStep,
} from '../../use-cases/cases.ts';
import {
  addresseesOf,
  draftLetter,
  lettersOf,
  mostAddresses,
  readAddresses,
  sendLetter,
} from '../../use-cases/letters.ts';
import { asOfToday, readEntry, readProviders } from '../../use-cases/read-register.ts';
import { registerCrumbs } from '../entry/page.ts';
import { kindWords } from '../register-band.ts';

type Row = { readonly words: string; readonly href: string; readonly about: string; readonly late: boolean };
type Letter = {
  readonly id: string;
  readonly toWhom: string;
  readonly subject: string;
  readonly text: string;
  readonly addresses: string;
  readonly organisations: readonly string[];
};
type ListModel = {
  readonly kindWords: string;
  readonly open: readonly Row[];
  readonly openWords: string;
  readonly closed: readonly Row[];
  readonly closedWords: string;
};
/** What was typed about a step. */
type TypedStep = Omit<StepChange, 'seen' | 'owner'> & { readonly owner: string };
type Model = {
  readonly kindWords: string;
  readonly problems: readonly FormProblem[];
  readonly words: string;
  readonly cause: string;
  readonly open: boolean;
  readonly openedWords: string;
  readonly closedWords: string;
  readonly entry: { readonly title: string; readonly href: string };
  readonly withdrawHref: string;
  readonly reviewHref: string;
  /** What it is about was taken back, and it is open still. */
  readonly takenBack: boolean;
  readonly offersNow: readonly string[];
  readonly action: string;
  readonly steps: readonly {
    readonly place: number;
    readonly title: string;
    readonly due: string;
    readonly dueWords: string;
    readonly late: boolean;
    readonly owner: string;
    readonly ownerName: string;
    readonly done: boolean;
    readonly doneWords: string;
    readonly note: string;
    readonly seen: string;
    /** What its form holds: what was typed, or how it stands. */
    readonly typed: TypedStep;
    readonly opened: boolean;
  }[];
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly letters: readonly {
    readonly when: string;
    readonly toWhom: string;
    readonly subject: string;
    readonly text: string;
    readonly sentWords: string;
  }[];
  readonly letter: Letter;
  /** Its form is open. */
  readonly letterFaulty: boolean;
  /** Organisations whose people can be mailed, and those who have nobody here. */
  readonly addressees: readonly { readonly id: string; readonly words: string; readonly chosen: boolean }[];
  readonly unreached: string;
  readonly outcome: string;
  readonly stepsLeft: number;
};

const listView = view<ListModel>('capabilities/register/pages/cases/list.njk');
const caseView = view<Model>('capabilities/register/pages/cases/page.njk');

const editorOf = (ctx: Context): Person => {
  if (ctx.actor.kind !== 'person') throw new NotAllowed(keepRegister);
  return ctx.actor;
};

const show = async (
  request: PageRequest,
  ctx: Context,
  more: {
    readonly problems?: readonly FormProblem[];
    readonly letter?: Letter;
    readonly step?: TypedStep;
    readonly outcome?: string;
  } = {},
): Promise<Answer> => {
  const one = await findCase(ctx, request.params.case ?? '');
  if (!one) throw notFound('There is no such case.');
  const problems = more.problems ?? [];
  const today = londonDay(ctx.clock());
  const people = await peopleWithRole(ctx, 'editor');
  const name = (id: string | null) => people.find((each) => each.id === id)?.name ?? '';
  const entry = await readEntry(ctx, asOfToday(ctx), one.qualification);
  const providers = await readProviders(ctx, asOfToday(ctx), [
    ...new Set((entry?.offers ?? []).map((offer) => offer.ukprn)),
  ]);
  // A closed case writes no letters: who they would go to is not asked.
  const addressees = one.closedAt === null ? await addresseesOf(ctx, one) : [];
  const own = one.cause === 'withdrawn' ? withdrawalOf(one, entry) : undefined;
  const steps = await stepsOf(ctx, one.id);
  const letter = more.letter ?? {
    id: randomUUID(),
    ...(await draftLetter(ctx, one)),
    addresses: '',
    organisations: [],
  };
  return page(
    caseView,
    {
      kindWords: await kindWords(ctx),
      problems,
      words: one.words,
      cause: causeWords[one.cause],
      open: one.closedAt === null,
      openedWords: `Opened on ${moment(one.openedAt)}`,
      closedWords: one.closedAt ? `Closed on ${moment(one.closedAt)}: ${one.outcome}` : '',
      entry: { title: entry?.title ?? one.qualification, href: entryPath(one.qualification) },
      withdrawHref:
        one.cause !== 'withdrawn' && entry && entry.approvals.length > 0
          ? entryEditPath(one.qualification, 'withdrawal')
          : '',
      reviewHref: own ? `${entryEditPath(one.qualification, 'review')}?withdrawal=${withdrawalKey(own)}` : '',
      takenBack: one.closedAt === null && isTakenBack(one, entry),
      offersNow: (entry?.offers ?? []).map(
        (offer) => `${providers.get(offer.ukprn)?.name ?? offer.ukprn}, ${offer.site}`,
      ),
      action: casePath(one.id),
      steps: steps.map((step) => ({
        place: step.place,
        title: step.title,
        due: step.due,
        seen: stepSeen(step),
        typed:
          more.step?.place === step.place
            ? more.step
            : { ...step, owner: step.owner ?? '', done: step.doneAt !== null },
        opened: more.step?.place === step.place,
        dueWords: day(step.due),
        late: step.doneAt === null && one.closedAt === null && step.due < today,
        owner: step.owner ?? '',
        ownerName: name(step.owner) || 'Nobody yet',
        done: step.doneAt !== null,
        doneWords: step.doneAt ? `Done on ${day(step.doneAt)}` : '',
        note: step.note,
      })),
      people: people.map(({ id, name: called }) => ({ id, name: called })),
      letters: (await lettersOf(ctx, one.id)).map((letter) => {
        const who = letter.madeBy === null ? 'someone who is gone' : name(letter.madeBy) || 'someone else';
        return {
          ...letter,
          when: moment(letter.madeAt),
          sentWords: letter.mailedTo
            ? `mailed by ${who} to ${letter.mailedTo}`
            : `kept by ${who}, who sent it another way`,
        };
      }),
      letter,
      letterFaulty: more.letter !== undefined,
      addressees: addressees.flatMap((each) =>
        each.id !== null && each.people.length > 0
          ? [
              {
                id: each.id,
                words: `${each.name} (${counted(each.people.length, 'person', 'people')} here)`,
                chosen: letter.organisations.includes(each.id),
              },
            ]
          : [],
      ),
      unreached: listed(addressees.filter((each) => each.people.length === 0).map((each) => each.name)),
      outcome: more.outcome ?? '',
      stepsLeft: steps.filter((step) => step.doneAt === null).length,
    },
    {
      title: one.words,
      crumbs: [...registerCrumbs, { text: 'Cases', href: casesPath }],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

/** Cases that the list shows. */
const listedOpen = 200;
const listedClosed = 50;

export const caseRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: casesPath,
    access: keepRegister,
    audit: 'register.cases',
    handle: async (_request, ctx) => {
      const today = londonDay(ctx.clock());
      const row = ({ next, ...one }: ListedCase): Row => ({
        words: one.words,
        href: casePath(one.id),
        about: one.closedAt
          ? `Closed on ${day(one.closedAt)}: ${one.outcome}`
          : next
            ? `Next: ${next.title}, by ${day(next.due)}`
            : 'Every step is done',
        late: one.closedAt === null && next !== null && next.due < today,
      });
      const open = await listCases(ctx, 'open', listedOpen);
      const closed = await listCases(ctx, 'closed', listedClosed);
      return page(
        listView,
        {
          kindWords: await kindWords(ctx),
          open: open.cases.map(row),
          openWords:
            open.total > listedOpen
              ? `These are the ${listedOpen} of ${open.total} whose next step is due soonest.`
              : '',
          closed: closed.cases.map(row),
          closedWords:
            closed.total > listedClosed
              ? `These are the last ${listedClosed} of ${closed.total}; each stands on the page of its qualification too.`
              : '',
        },
        { title: 'Cases', crumbs: registerCrumbs },
      );
    },
  },
  {
    method: 'GET',
    path: '/register/cases/:case',
    access: keepRegister,
    audit: 'register.case',
    handle: (request, ctx) => show(request, ctx),
  },
  {
    method: 'POST',
    path: '/register/cases/:case/step',
    access: keepRegister,
    audit: 'register.case-step',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const step = {
        place: Number(fields.get('place')),
        due: (fields.get('due') ?? '').trim(),
        owner: fields.get('owner') ?? '',
        done: fields.get('done') === 'yes',
        note: (fields.get('note') ?? '').replaceAll('\r\n', '\n').trim(),
      };
      const again = (field: string, text: string) => show(request, ctx, { step, problems: [{ field, text }] });
      const due = readTypedDay(step.due);
      if (due === null) return again(`due-${step.place}`, 'Enter a day, such as 31/12/2026');
      const known = (await peopleWithRole(ctx, 'editor')).some((one) => one.id === step.owner);
      const id = request.params.case ?? '';
      const done = await workOnStep(ctx, editorOf(ctx), id, {
        ...step,
        due,
        owner: known ? step.owner : null,
        seen: fields.get('seen'),
      });
      if (done.kind === 'ok') return redirect(`${casePath(id)}#step-${step.place}`);
      if (done.refusal === 'unknown') throw notFound('There is no such step of an open case.');
      return again(
        `note-${step.place}`,
        'Something was done on this step meanwhile: it stands above the form; what you typed is in it',
      );
    },
  },
  {
    method: 'POST',
    path: '/register/cases/:case/letter',
    access: keepRegister,
    audit: 'register.case-letter',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const text = (name: string) => (fields.get(name) ?? '').replaceAll('\r\n', '\n').trim();
      const letter = {
        id: formId(fields),
        toWhom: text('toWhom'),
        subject: text('subject'),
        text: text('text'),
        addresses: text('addresses'),
        organisations: fields.getAll('organisation'),
      };
      const { addresses, wrong } = readAddresses(letter.addresses);
      const problems: FormProblem[] = [
        ...(letter.toWhom === '' ? [{ field: 'toWhom', text: 'Say whom it is for' }] : []),
        ...(wrong.length > 0
          ? [{ field: 'addresses', text: `${listed(wrong)}: no mail address such as someone@example.org` }]
          : []),
        ...(addresses.length > mostAddresses
          ? [{ field: 'addresses', text: `Enter at most ${mostAddresses} addresses` }]
          : []),
        ...(letter.subject === '' ? [{ field: 'subject', text: 'Enter the subject' }] : []),
        ...(letter.text === '' ? [{ field: 'text', text: 'Enter the letter' }] : []),
      ];
      if (problems.length > 0) return show(request, ctx, { problems, letter });
      const id = request.params.case ?? '';
      if (!(await sendLetter(ctx, editorOf(ctx), id, { ...letter, addresses })))
        throw notFound('There is no such open case.');
      return redirect(`${casePath(id)}#letters`);
    },
  },
  {
    method: 'POST',
    path: '/register/cases/:case/close',
    access: keepRegister,
    audit: 'register.case-close',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const outcome = (fields.get('outcome') ?? '').trim();
      const id = request.params.case ?? '';
      const one = await findCase(ctx, id);
      if (!one || one.closedAt) throw notFound('There is no such open case.');
      const left = (await stepsOf(ctx, id)).filter((step) => step.doneAt === null).length;
      const problems: FormProblem[] = [
        ...(outcome === '' ? [{ field: 'outcome', text: 'Say how it ended' }] : []),
        ...(left > 0 && fields.get('anyway') !== 'yes'
          ? [
              {
                field: 'anyway',
                text: `${counted(left, 'step is', 'steps are')} not done: do ${left === 1 ? 'it' : 'them'} first, or tick that the case is closed all the same`,
              },
            ]
          : []),
      ];
      if (problems.length > 0) return show(request, ctx, { problems, outcome });
      if (!(await endCase(ctx, id, outcome))) throw notFound('There is no such open case.');
      return redirect(casePath(id));
    },
  },
];
