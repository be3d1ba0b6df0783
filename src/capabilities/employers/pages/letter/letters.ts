import { randomUUID } from 'node:crypto';
import type { Context } from '#platform/context.ts';
import { changeWords, compareTexts, countChanges, type Run } from '#platform/documents/compare-texts.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { day, listed } from '#web/words.ts';
import type { EvidencePart } from '../../domain/evidence.ts';
import { cameToNothing, type Letter, letterDays, longestLetter, standingOf } from '../../domain/letter.ts';
import { employerPath, letterActPath, letterPath, lettersPath } from '../../paths.ts';
import { keepEmployers } from '../../policy.ts';
import { currentText, isUnchanged } from '../../use-cases/answer-letter.ts';
import {
  draftAgain,
  type LetterRefusal,
  lettersOf,
  openLetter,
  saveDraft,
  sendDraft,
  sendLetter,
  takeSignerOut,
  withdrawLetter,
  writableContacts,
} from '../../use-cases/draft-letter.ts';
import { occupationsByReference, occupationWords } from '../../use-cases/evidence-occupations.ts';
import { type Choice, evidenceCrumbs, keepingOf } from '../evidence/keeping.ts';
import { letterStand } from './letter-stand.ts';

type ListModel = {
  readonly organisation: string;
  readonly rows: readonly {
    readonly employer: string;
    readonly href: string;
    readonly occupations: string;
    readonly state: string;
    readonly colour: string;
    readonly when: string;
  }[];
  readonly newHref: string;
};
type LetterModel = {
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly employer: string;
  readonly employerHref: string;
  readonly state: string;
  readonly colour: string;
  readonly words: string;
  readonly rows: readonly { readonly name: string; readonly words: string }[];
  readonly edit: {
    readonly action: string;
    readonly sendAction: string;
    /** For which the employer may sign. */
    readonly days: number;
    readonly revision: number;
    readonly draft: string;
    readonly contacts: readonly Choice[];
  } | null;
  readonly theirs: string;
  readonly send: {
    readonly action: string;
    readonly hidden: readonly (readonly [string, string])[];
  } | null;
  readonly withdrawAction: string;
  /** What becomes of a letter that came to nothing: a new draft with its words. */
  readonly again: { readonly action: string; readonly id: string } | null;
  readonly textTitle: string;
  readonly text: string;
  readonly parts: readonly EvidencePart[];
  readonly changes: { readonly words: string; readonly runs: readonly Run[] } | null;
  readonly seal: { readonly hash: string; readonly words: string } | null;
  readonly takeOutAction: string;
};

const listView = view<ListModel>('capabilities/employers/pages/letter/list.njk');
const letterView = view<LetterModel>('capabilities/employers/pages/letter/letter.njk');

const crumbs = [...evidenceCrumbs, { text: 'Letters', href: lettersPath }];

const showList = async (ctx: Context): Promise<Answer> => {
  const keeping = keepingOf(ctx);
  const letters = await lettersOf(ctx, keeping.organisation);
  return page(
    listView,
    {
      organisation: keeping.name,
      rows: letters.map((one) => {
        const { state, colour } = letterStand(one, ctx.clock());
        return {
          employer: one.employer.name,
          href: letterPath(one.id),
          occupations: listed(one.occupations),
          state,
          colour,
          when: day(one.signed?.signedAt ?? one.sentAt ?? one.madeAt),
        };
      }),
      newHref: `${lettersPath}/new`,
    },
    { title: 'Letters', crumbs: evidenceCrumbs },
  );
};

const asked = async (request: PageRequest, ctx: Context): Promise<Letter> => {
  const letter = await openLetter(ctx, request.params.letter ?? '');
  if (!letter) throw notFound('There is no such letter of your organisation.');
  return letter;
};

const doneWords: Readonly<Record<string, string>> = {
  drafted: 'The letter is drafted. Read it before you send it.',
  again: 'A new letter is drafted from the other one. Read it, and choose to whom it goes, before you send it.',
  saved: 'The draft is saved.',
  sent: 'The link is on its way to the employer.',
  withdrawn: 'The letter is withdrawn. Its link says so.',
  'taken-out': 'The name of who signed is gone. The letter stays the employer’s.',
};

export const letterRefusalWords: Readonly<Record<LetterRefusal, string>> = {
  unknown: 'There is no such letter or employer',
  changed: 'Somebody changed the letter meanwhile. It is shown as it is now; what you typed is in the form',
  answered: 'The letter was sent, answered or withdrawn meanwhile, so it stays as it is',
  'no contact': 'Choose a contact who agreed to be written to',
  'no occupation': 'Choose at least one occupation',
};

const contactsOf = async (ctx: Context, letter: Letter, chosen: string): Promise<readonly Choice[]> =>
  (await writableContacts(ctx, letter.employer.id)).map((one) => ({
    value: one.id,
    text: one.role === '' ? one.name : `${one.name}, ${one.role}`,
    hint: one.email ?? '',
    chosen: one.id === chosen,
  }));

const rowsOf = async (ctx: Context, letter: Letter): Promise<LetterModel['rows']> => {
  const occupation = await occupationsByReference(ctx, letter.occupations);
  const { signed, contact } = letter;
  const signer = signed?.signer;
  return [
    { name: 'For', words: listed(letter.occupations.map((one) => occupationWords(occupation(one)))) },
    ...(signed
      ? [
          {
            name: 'Signed by',
            words: signer
              ? `${signer.name}, ${signer.role}, by a link sent to ${signer.address}`
              : 'The name was taken out as its owner asked',
          },
        ]
      : [
          {
            name: 'To',
            words: contact
              ? [contact.name, contact.role, contact.address ?? ''].filter(Boolean).join(', ')
              : 'Nobody any more',
          },
        ]),
  ];
};

const changesOf = (letter: Letter): LetterModel['changes'] => {
  const signed = letter.signed?.parts.map((one) => one.text).join('\n\n');
  const theirs = signed ?? letter.amended;
  if (theirs === null || theirs === undefined) return null;
  const runs = compareTexts(letter.draft, theirs);
  return { words: changeWords(countChanges(runs)), runs };
};

const textTitleOf = (letter: Letter, now: Date): string => {
  if (letter.sentAt === null) return 'The draft';
  return letter.state === 'sent' && standingOf(letter, now) === 'open'
    ? 'What the employer has before them'
    : 'What the employer had before them';
};

const show = async (
  request: PageRequest,
  ctx: Context,
  more: {
    readonly problems?: readonly FormProblem[];
    readonly typed?: { readonly draft: string; readonly contact: string };
  } = {},
): Promise<Answer> => {
  const letter = await asked(request, ctx);
  const problems = more.problems ?? [];
  const stand = letterStand(letter, ctx.clock());
  const { signed } = letter;
  const open = letter.state === 'draft' || letter.state === 'sent';
  return page(
    letterView,
    {
      problems,
      doneWords: doneWords[request.query.get('done') ?? ''] ?? '',
      employer: letter.employer.name,
      employerHref: employerPath(letter.employer.id),
      ...stand,
      rows: await rowsOf(ctx, letter),
      edit:
        letter.state === 'draft'
          ? {
              action: letterActPath(letter.id, 'save'),
              sendAction: letterActPath(letter.id, 'send'),
              days: letterDays,
              revision: letter.revision,
              draft: more.typed?.draft ?? letter.draft,
              contacts: await contactsOf(ctx, letter, more.typed?.contact ?? letter.contact?.id ?? ''),
            }
          : null,
      // Of two who change a draft at once, the second sees the other's words too.
      theirs: more.typed && more.typed.draft !== letter.draft ? letter.draft : '',
      send:
        letter.state === 'sent' && letter.contact?.address
          ? { action: letterActPath(letter.id, 'send'), hidden: [['sent', letter.sentAt?.toISOString() ?? '']] }
          : null,
      withdrawAction: open ? letterActPath(letter.id, 'withdraw') : '',
      again: cameToNothing(letter) ? { action: letterActPath(letter.id, 'again'), id: randomUUID() } : null,
      textTitle: textTitleOf(letter, ctx.clock()),
      text: signed || letter.state === 'draft' ? '' : currentText(letter),
      parts: signed?.parts ?? [],
      changes: changesOf(letter),
      seal: signed
        ? {
            hash: signed.sha256,
            words: isUnchanged(letter, signed)
              ? 'Worked out anew for this page, and the same: nothing was changed since it was signed.'
              : 'Worked out anew for this page, and NOT the same: what is kept is not what was signed. Tell your administrator.',
          }
        : null,
      takeOutAction: signed?.signer ? letterActPath(letter.id, 'take-signer-out') : '',
    },
    {
      title: `Letter from ${letter.employer.name}`,
      crumbs,
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

const act = (
  name: string,
  run: (ctx: Context, letter: Letter, fields: URLSearchParams) => ReturnType<typeof withdrawLetter>,
  done: string,
): Route => ({
  method: 'POST',
  path: `/employers/letters/:letter/${name}`,
  access: keepEmployers,
  audit: `employers.letter-${name}`,
  handle: async (request, ctx) => {
    const letter = await asked(request, ctx);
    const answer = await run(ctx, letter, (await request.form()).fields);
    if (answer.kind === 'refused')
      return show(request, ctx, { problems: [{ field: '', text: letterRefusalWords[answer.refusal] }] });
    return redirect(`${letterPath(letter.id)}?done=${done}`);
  },
});

const instantOf = (text: string): Date | null => (Number.isNaN(Date.parse(text)) ? null : new Date(text));

const revisionOf = (fields: URLSearchParams): number => Number(fields.get('revision') ?? '0') || 0;

/**
 * Does something with the draft that a form has.
 *
 * @param without does it where the form has no draft.
 */
const draftRoute = (
  name: string,
  run: typeof saveDraft,
  done: string,
  without: ((ctx: Context, letter: Letter, fields: URLSearchParams) => ReturnType<typeof saveDraft>) | null = null,
): Route => ({
  method: 'POST',
  path: `/employers/letters/:letter/${name}`,
  access: keepEmployers,
  audit: `employers.letter-${name}`,
  handle: async (request, ctx) => {
    const letter = await asked(request, ctx);
    const { fields } = await request.form();
    if (without && !fields.has('draft')) {
      const answer = await without(ctx, letter, fields);
      return answer.kind === 'refused'
        ? show(request, ctx, { problems: [{ field: '', text: letterRefusalWords[answer.refusal] }] })
        : redirect(`${letterPath(letter.id)}?done=${done}`);
    }
    const typed = {
      draft: (fields.get('draft') ?? '').replaceAll('\r\n', '\n').trim(),
      contact: fields.get('contact') ?? '',
    };
    const wrong =
      typed.draft === ''
        ? 'Enter the words of the letter'
        : typed.draft.length > longestLetter
          ? `Use up to ${longestLetter.toLocaleString('en-GB')} characters`
          : null;
    if (wrong) return show(request, ctx, { problems: [{ field: 'draft', text: wrong }], typed });
    const answer = await run(ctx, letter.id, { ...typed, revision: revisionOf(fields) });
    if (answer.kind === 'refused')
      return show(request, ctx, {
        problems: [
          { field: answer.refusal === 'no contact' ? 'contact' : 'draft', text: letterRefusalWords[answer.refusal] },
        ],
        typed,
      });
    return redirect(`${letterPath(letter.id)}?done=${done}`);
  },
});

export const letterRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: lettersPath,
    access: keepEmployers,
    audit: 'employers.letters',
    handle: (_request, ctx) => showList(ctx),
  },
  {
    method: 'GET',
    path: '/employers/letters/:letter',
    access: keepEmployers,
    audit: 'employers.letter',
    handle: (request, ctx) => show(request, ctx),
  },
  draftRoute('save', saveDraft, 'saved'),
  // The draft is sent with the words that stand in its form; the link of a letter that was sent before has no form.
  draftRoute('send', sendDraft, 'sent', (ctx, letter, fields) =>
    sendLetter(ctx, letter.id, instantOf(fields.get('sent') ?? '')),
  ),
  {
    method: 'POST',
    path: '/employers/letters/:letter/again',
    access: keepEmployers,
    audit: 'employers.letter-again',
    handle: async (request, ctx) => {
      const letter = await asked(request, ctx);
      const made = await draftAgain(ctx, letter.id, formId((await request.form()).fields));
      return made.kind === 'refused'
        ? show(request, ctx, { problems: [{ field: '', text: letterRefusalWords[made.refusal] }] })
        : redirect(`${letterPath(made.value)}?done=again`);
    },
  },
  act('withdraw', (ctx, letter) => withdrawLetter(ctx, letter.id), 'withdrawn'),
  act('take-signer-out', (ctx, letter) => takeSignerOut(ctx, letter.id), 'taken-out'),
];
