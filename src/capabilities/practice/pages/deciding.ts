import { organisationNames } from '#cap/accounts';
import type { Person } from '#kernel/actor.ts';
import { londonDay } from '#kernel/london-time.ts';
import { NotAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { day } from '#web/words.ts';
import { type Example, isWithSender, stateWords } from '../domain/example.ts';
import { decideFilePath, decidePath, queuePath } from '../paths.ts';
import { moderate } from '../policy.ts';
import { listFiles, openFile } from '../use-cases/attach.ts';
import {
  confirmForNobody,
  type Decision,
  type DecisionRefusal,
  decide,
  findExample,
  isNobodys,
  listAlike,
  listFromSame,
  listRedactions,
  listWaiting,
} from '../use-cases/moderate.ts';
import { dueDayOf } from '../use-cases/moderation-deadlines.ts';
import { similarTo } from '../use-cases/share.ts';
import { changeableFields, changesBetween, contactOf, type ShownChange, wordsOf } from './changed-words.ts';
import { fileAnswer } from './file-answer.ts';
import { changedWords, differs, heldBackIn, losesContact, redactionProblems } from './read-decision.ts';
import { crumbs } from './reading.ts';
import { readText } from './share-steps.ts';
import { type ShownExample, shownExample, shownFile } from './words.ts';

type QueueModel = {
  readonly doneWords: string;
  readonly waiting: readonly {
    readonly title: string;
    readonly href: string;
    readonly words: string;
    readonly late: boolean;
  }[];
};
type DecideModel = {
  readonly problems: readonly FormProblem[];
  readonly shown: ShownExample;
  readonly state: string;
  /** Who sent it in, and how that is known. */
  readonly sender: string;
  /** What a moderator said before it was sent again; empty: nothing. */
  readonly saidBefore: string;
  readonly open: boolean;
  /** Until when it stands, where a moderator confirms it because nobody else can; empty: whoever sent it does. */
  readonly standsUntil: string;
  readonly action: string;
  readonly revision: number;
  readonly choices: readonly { readonly value: string; readonly text: string }[];
  readonly fields: readonly {
    readonly name: string;
    readonly title: string;
    readonly hint: string;
    readonly rows: number;
    readonly value: string;
  }[];
  /** Who can be asked, whether readers see them or not; empty: nobody is named. */
  readonly contact: string;
  readonly similar: readonly { readonly title: string; readonly href: string }[];
  readonly typed: {
    readonly withoutContact: boolean;
    readonly decision: string;
    readonly note: string;
    /** Words or what is held back differ from what stands: they are in sight. */
    readonly changed: boolean;
    /** Why each file is held back, by its id. */
    readonly heldBack: Readonly<Record<string, string>>;
  };
  readonly earlier: readonly { readonly title: string; readonly href: string; readonly state: string }[];
  readonly redactions: readonly {
    readonly when: string;
    readonly reason: string;
    readonly changes: readonly ShownChange[];
  }[];
};

const queueView = view<QueueModel>('capabilities/practice/pages/queue/page.njk');
const decideView = view<DecideModel>('capabilities/practice/pages/queue/decide.njk');

const moderatorOf = (ctx: Context): Person => {
  if (ctx.actor.kind !== 'person') throw new NotAllowed(moderate);
  return ctx.actor;
};

/** For a moderator: what "sent in by the provider" rests on. */
const senderWords = async (ctx: Context, one: Example): Promise<string> => {
  if (one.origin === 'illustration') return 'Nobody: it was written for this toolkit';
  if (one.person !== null) {
    const names = await organisationNames(ctx, one.organisation === null ? [] : [one.organisation]);
    const [name] = names.values();
    return name === undefined ? 'Someone with an account, who acted for no provider' : `An account of ${name}`;
  }
  if (one.address !== null) return `No account: confirmed address ${one.address}`;
  return 'Someone who has left: nobody can be asked';
};

const refusalWords: Readonly<Record<DecisionRefusal, string>> = {
  unknown: 'It is not here any more',
  decided: 'Another moderator has decided meanwhile',
  changed: 'It was changed after you opened it. Read it again',
  'nobody-to-ask': 'Nobody stands behind it who could change it. Change it yourself, or decline it',
  'needs-second-person': 'It is yours or your organisation’s: this instance wants someone else to decide',
  'others-can': 'It is yours or your organisation’s, and there are other moderators who can decide',
};

const show = async (
  request: PageRequest,
  ctx: Context,
  more: { readonly problems?: readonly FormProblem[]; readonly sent?: URLSearchParams } = {},
): Promise<Answer> => {
  const one = await findExample(ctx, request.params.example ?? '');
  if (!one || isWithSender(one.state)) throw notFound('There is no such example.');
  const problems = more.problems ?? [];
  const { sent } = more;
  const files = await listFiles(ctx, one.id);
  return page(
    decideView,
    {
      problems,
      shown: shownExample(
        one,
        londonDay(ctx.clock()),
        files.map((file) => shownFile(file, decideFilePath(one.id, file.id))),
      ),
      state: stateWords[one.state],
      sender: await senderWords(ctx, one),
      saidBefore: one.state === 'waiting' ? one.note : '',
      standsUntil: one.state === 'published' && isNobodys(one) && one.reviewDue ? day(one.reviewDue) : '',
      open: one.state === 'waiting' || one.state === 'published',
      action: decidePath(one.id),
      revision: one.revision,
      choices: one.state === 'published' ? choices.filter((each) => each.value !== 'approve') : choices,
      fields: changeableFields.map(({ name, title, rows, hint }) => ({
        name,
        title,
        hint,
        rows,
        value: sent?.get(name) ?? wordsOf(one.text, name),
      })),
      contact: contactOf(one.text),
      similar: [
        ...(await similarTo(ctx, one)),
        ...(one.state === 'waiting' ? await listAlike(ctx, one) : []).map((other) => ({
          title: `${other.text.title} (${stateWords[other.state].toLowerCase()})`,
          href: decidePath(other.id),
        })),
      ],
      typed: {
        withoutContact: sent !== undefined && losesContact(sent),
        decision: sent?.get('decision') ?? '',
        note: sent?.get('note') ?? '',
        changed: sent !== undefined && differs(one.text, files, sent),
        heldBack: Object.fromEntries(
          files.map((file) => [file.id, sent?.get(`hold-${file.id}`) ?? file.heldBack ?? '']),
        ),
      },
      earlier: (await listFromSame(ctx, one)).map((other) => ({
        title: other.text.title,
        href: decidePath(other.id),
        state: stateWords[other.state],
      })),
      redactions: (await listRedactions(ctx, one.id)).map((each) => ({
        when: day(each.at),
        reason: each.reason,
        changes: each.after ? changesBetween(each.before, each.after) : [],
      })),
    },
    {
      title: one.text.title,
      crumbs: [...crumbs, { text: 'Queue', href: queuePath }],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

const choices = [
  { value: 'approve', text: 'Publish it' },
  { value: 'ask', text: 'Ask for a change' },
  { value: 'redact', text: 'Change it myself: shown to whoever sent it before it is published' },
  { value: 'decline', text: 'Decline it' },
] as const;

const queueDone: Readonly<Record<string, string>> = {
  yes: 'It is decided, and whoever sent it in is told.',
  stands: 'It stands for another year.',
};

export const decidingRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: queuePath,
    access: moderate,
    audit: 'practice.queue',
    handle: async (request, ctx) =>
      page(
        queueView,
        {
          doneWords: queueDone[request.query.get('done') ?? ''] ?? '',
          waiting: (await listWaiting(ctx)).map((one) => {
            const due = dueDayOf(one, ctx.clock());
            return {
              title: one.text.title,
              href: decidePath(one.id),
              words: `${one.text.provider}, sent on ${day(one.sentAt ?? ctx.clock())}, to be answered by ${day(due)}`,
              late: due < londonDay(ctx.clock()),
            };
          }),
        },
        { title: 'Queue of examples', crumbs },
      ),
  },
  {
    method: 'GET',
    path: '/practice/queue/:example',
    access: moderate,
    audit: 'practice.look',
    handle: (request, ctx) => show(request, ctx),
  },
  {
    method: 'GET',
    path: '/practice/queue/:example/files/:file',
    access: moderate,
    audit: 'practice.look-at-file',
    handle: async (request, ctx) => {
      const one = await findExample(ctx, request.params.example ?? '');
      return fileAnswer(
        one && !isWithSender(one.state) ? await openFile(ctx, one, request.params.file ?? '', true) : null,
      );
    },
  },
  {
    method: 'POST',
    path: '/practice/queue/:example/still-holds',
    access: moderate,
    audit: 'practice.confirm-for-nobody',
    handle: async (request, ctx) => {
      if (!(await confirmForNobody(ctx, moderatorOf(ctx), request.params.example ?? '')))
        return show(request, ctx, {
          problems: [{ field: '', text: 'It is not yours to confirm: whoever sent it in does, or another moderator' }],
        });
      return redirect(`${queuePath}?done=stands`);
    },
  },
  {
    method: 'POST',
    path: '/practice/queue/:example',
    access: moderate,
    audit: 'practice.decide',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const note = readText(fields, 'note');
      const kinds: Readonly<Record<string, Decision>> = {
        approve: { kind: 'approve' },
        ask: { kind: 'ask', note },
        redact: {
          kind: 'redact',
          note,
          text: changedWords(fields),
          withoutContact: losesContact(fields),
          heldBack: heldBackIn(fields),
        },
        decline: { kind: 'decline', note },
      };
      const decision = kinds[fields.get('decision') ?? ''];
      if (!decision)
        return show(request, ctx, { sent: fields, problems: [{ field: 'decision', text: 'Choose what to do' }] });
      const one = await findExample(ctx, request.params.example ?? '');
      const revision = Number(fields.get('revision')) || 0;
      const files = one ? await listFiles(ctx, one.id) : [];
      // Of an older revision the words may differ because of someone else: that is refused below.
      const losesWords = decision.kind !== 'redact' && one?.revision === revision && differs(one.text, files, fields);
      const problems = [
        ...(losesWords
          ? [
              {
                field: 'decision',
                text: 'You changed something below, which this decision would lose: choose “Change it myself”, or put it back as it was',
              },
            ]
          : []),
        ...(decision.kind !== 'approve' && note === ''
          ? [{ field: 'note', text: 'Say why, for whoever sent it in' }]
          : []),
        ...(decision.kind === 'redact' && one ? redactionProblems(one.text, fields, files) : []),
      ];
      if (problems.length > 0) return show(request, ctx, { sent: fields, problems });
      const done = await decide(ctx, moderatorOf(ctx), request.params.example ?? '', revision, decision);
      if (done.kind === 'refused')
        return show(request, ctx, { sent: fields, problems: [{ field: '', text: refusalWords[done.refusal] }] });
      return redirect(`${queuePath}?done=yes`);
    },
  },
];
