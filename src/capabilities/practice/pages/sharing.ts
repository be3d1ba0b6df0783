import { londonDay } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import { readAddress } from '#platform/mail/address.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { day } from '#web/words.ts';
import { type Example, isBeingWritten, isStale, stateWords } from '../domain/example.ts';
import { draftPath, draftStepPath, examplePath, sharePath } from '../paths.ts';
import { listRedactions } from '../use-cases/moderate.ts';
import {
  agree,
  beginExample,
  changeAgain,
  listOf,
  sendIn,
  similarTo,
  standBy,
  takeBack,
  writeOn,
} from '../use-cases/share.ts';
import { changesBetween, type ShownChange } from './changed-words.ts';
import { draftAsked, draftFiles, shareCrumbs } from './draft-asked.ts';
import { crumbs } from './reading.ts';
import { firstUnfinished, steps, stepTitles } from './share-steps.ts';
import { type ShownExample, shownExample } from './words.ts';

type StartModel = {
  readonly action: string;
  readonly mine: readonly { readonly title: string; readonly href: string; readonly state: string }[];
};
type ShowModel = {
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly shown: ShownExample;
  readonly state: string;
  readonly stateWords: string;
  readonly note: string;
  /** What a moderator changed, word by word. */
  readonly moderated: readonly ShownChange[];
  readonly action: string;
  readonly revision: number;
  readonly changes: readonly { readonly title: string; readonly href: string }[];
  readonly similar: readonly { readonly title: string; readonly href: string }[];
  readonly needsAddress: boolean;
  readonly address: string;
  readonly publishedHref: string;
  readonly due: string;
  readonly stale: boolean;
  readonly returnAddress: string;
};

const folder = 'capabilities/practice/pages/share';
const startView = view<StartModel>(`${folder}/start.njk`);
const showView = view<ShowModel>(`${folder}/show.njk`);

/** Characters of a text that an example begins with: as long as an answer to a round may be. */
const mostTaken = 20_000;

const doneWords: Readonly<Record<string, string>> = {
  sent: 'It is sent. A moderator reads it; you are told by email.',
  mail: 'Check your email: use the link in it, and a moderator reads your example.',
  confirmed: 'The address is confirmed. A moderator reads your example.',
  agreed: 'It is published.',
  stood: 'Thank you: it stands for another year.',
  back: 'It is taken back. Readers have it no more.',
};

/** Whether an address is asked for on sending: of nobody who is signed in, and once. */
const needsAddress = (one: Example, ctx: Context): boolean =>
  one.person === null && one.state === 'draft' && ctx.actor.kind !== 'person';

const show = async (
  request: PageRequest,
  ctx: Context,
  more: { readonly problems?: readonly FormProblem[]; readonly address?: string } = {},
): Promise<Answer> => {
  const one = await draftAsked(request, ctx);
  const today = londonDay(ctx.clock());
  const problems = more.problems ?? [];
  const redaction = (await listRedactions(ctx, one.id)).at(-1);
  const title = isBeingWritten(one.state) ? 'Check your answers' : stateWords[one.state];
  return page(
    showView,
    {
      problems,
      doneWords: doneWords[request.query.get('done') ?? ''] ?? '',
      shown: shownExample(one, today, await draftFiles(ctx, one)),
      state: isBeingWritten(one.state) ? 'writing' : one.state,
      stateWords: title,
      note: one.note,
      moderated: one.state === 'shown' && redaction?.after ? changesBetween(redaction.before, redaction.after) : [],
      action: draftPath(one.token),
      revision: one.revision,
      changes: steps.map((step) => ({ title: stepTitles[step], href: draftStepPath(one.token, step) })),
      similar: isBeingWritten(one.state) ? await similarTo(ctx, one) : [],
      needsAddress: needsAddress(one, ctx),
      address: more.address ?? one.address ?? '',
      publishedHref: one.state === 'published' ? examplePath(one.id) : '',
      due: one.reviewDue ? day(one.reviewDue) : '',
      stale: isStale(one, today),
      returnAddress: `${ctx.address}${draftPath(one.token)}`,
    },
    { title, crumbs: shareCrumbs, faulty: problems.length > 0, status: problems.length > 0 ? 422 : 200 },
  );
};

/** Something that is done in one press. @param run given the revision that the form was made with; false: nothing was done. */
const act = (
  name: string,
  run: (ctx: Context, token: string, revision: number) => Promise<boolean>,
  done: string,
): Route => ({
  method: 'POST',
  path: `/practice/share/:token/${name}`,
  access: 'anyone',
  audit: `practice.${name}`,
  perMinute: 30,
  handle: async (request, ctx) => {
    const one = await draftAsked(request, ctx);
    const revision = Number((await request.form()).fields.get('revision')) || 0;
    if (!(await run(ctx, one.token, revision)))
      return show(request, ctx, {
        problems: [
          { field: '', text: 'It was changed after you opened this page, so nothing was done. It stands so now' },
        ],
      });
    return redirect(`${draftPath(one.token)}${done === '' ? '' : `?done=${done}`}`);
  },
});

export const sharingRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: sharePath,
    access: 'anyone',
    audit: 'practice.share',
    handle: async (_request, ctx) =>
      page(
        startView,
        {
          action: sharePath,
          mine:
            ctx.actor.kind === 'person'
              ? (await listOf(ctx, ctx.actor.id)).map((one) => ({
                  title: one.text.title || 'No title yet',
                  href: draftPath(one.token),
                  state: stateWords[one.state],
                }))
              : [],
        },
        { title: 'Share what you did', crumbs },
      ),
  },
  {
    method: 'POST',
    path: sharePath,
    access: 'anyone',
    audit: 'practice.begin',
    perMinute: 10,
    handle: async (request, ctx) => {
      // What was said elsewhere on the site may become the draft of an example.
      const summary = ((await request.form()).fields.get('summary') ?? '').replaceAll('\r\n', '\n').trim();
      // What is too long for one is said on its page, where it can be shortened.
      return redirect(
        draftStepPath(await beginExample(ctx, { summary: summary.slice(0, mostTaken).toWellFormed() }), 'what'),
      );
    },
  },
  {
    method: 'GET',
    path: '/practice/share/:token',
    access: 'anyone',
    audit: 'practice.draft',
    perMinute: 60,
    handle: async (request, ctx) => {
      const one = await draftAsked(request, ctx);
      const unfinished = one.state === 'draft' ? firstUnfinished(one.text) : null;
      return unfinished ? redirect(draftStepPath(one.token, unfinished)) : show(request, ctx);
    },
  },
  act('agree', agree, 'agreed'),
  act('change-again', changeAgain, ''),
  act('write-on', writeOn, ''),
  act('stand-by', standBy, 'stood'),
  act('take-back', takeBack, 'back'),
  {
    method: 'POST',
    path: '/practice/share/:token/send',
    access: 'anyone',
    audit: 'practice.send-in',
    perMinute: 10,
    handle: async (request, ctx) => {
      const one = await draftAsked(request, ctx);
      const typed = ((await request.form()).fields.get('address') ?? '').trim();
      const asked = needsAddress(one, ctx);
      const address = asked ? readAddress(typed) : one.address;
      const unfinished = isBeingWritten(one.state) ? firstUnfinished(one.text) : null;
      if (unfinished) return redirect(draftStepPath(one.token, unfinished));
      if (asked && address === null)
        return show(request, ctx, {
          problems: [{ field: 'address', text: 'Enter an email address such as name@college.ac.uk' }],
          address: typed,
        });
      const sent = await sendIn(ctx, one.token, address);
      if (sent.kind === 'refused') throw notFound('This example cannot be sent in now.');
      return redirect(`${draftPath(one.token)}?done=${sent.value === 'waiting' ? 'sent' : 'mail'}`);
    },
  },
];
