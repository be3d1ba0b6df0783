import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { listed, moment } from '#web/words.ts';
import type { EvidencePart } from '../../domain/evidence.ts';
import { hasPrompts, type Letter, type LetterStanding, longestLetter, paragraphsOf } from '../../domain/letter.ts';
import { longestLine } from '../../domain/typed.ts';
import { signActPath, signPath } from '../../paths.ts';
import {
  type AnswerRefusal,
  amendLetter,
  currentText,
  declineLetter,
  isUnchanged,
  lookAtLetter,
  shownOf,
  signLetter,
  takeBackLetter,
} from '../../use-cases/answer-letter.ts';
import { occupationsByReference, occupationWords } from '../../use-cases/evidence-occupations.ts';

type SignTyped = {
  readonly name: string;
  readonly role: string;
  readonly held: readonly number[];
  readonly agreed: boolean;
};

type Model = {
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly employer: string;
  readonly organisation: string;
  readonly occupations: string;
  readonly standing: LetterStanding;
  readonly title: string;
  readonly words: string;
  readonly prompts: boolean;
  readonly text: string;
  /** The words as they are kept, where the form has others. */
  readonly theirs: string;
  readonly paragraphs: readonly { readonly at: number; readonly text: string; readonly held: boolean }[];
  /** What is signed, as it stands here. */
  readonly shown: string;
  readonly typed: SignTyped;
  readonly address: string;
  readonly actions: Readonly<Record<'amend' | 'sign' | 'decline' | 'takeBack', string>>;
  readonly signed: {
    readonly parts: readonly EvidencePart[];
    readonly by: string;
    readonly hash: string;
    readonly whole: boolean;
  } | null;
};

const signView = view<Model>('capabilities/employers/pages/letter/sign.njk');

const standWords = (letter: Letter, standing: LetterStanding): { readonly title: string; readonly words: string } => {
  const { organisationName, signed, until } = letter;
  switch (standing) {
    case 'open':
      return {
        title: `A letter for ${organisationName}`,
        words: `${organisationName} asks for this letter and has drafted it. Change what you like, and sign it by ${until ? moment(until) : ''}; or say no.`,
      };
    case 'expired':
      return {
        title: 'The time to sign is over',
        words: `This link could be used to sign until ${until ? moment(until) : ''}. Ask ${organisationName} for a new one if you still want to.`,
      };
    case 'signed':
      return {
        title: 'You have signed this letter',
        words: `It was signed on ${signed ? moment(signed.signedAt) : ''}, and stays as it is.`,
      };
    case 'declined':
      return { title: 'You have said no', words: `${organisationName} was told. Nothing is said in your name.` };
    case 'withdrawn':
      return {
        title: 'This letter was withdrawn',
        words: `${organisationName} no longer asks for it, or this link no longer belongs to your address. You need do nothing.`,
      };
    case 'taken back':
      return {
        title: 'You have taken this letter back',
        words: `${organisationName} was told, and no longer counts it. What was signed is kept with the note that you took it back.`,
      };
  }
};

const doneWords: Readonly<Record<string, string>> = {
  amended: 'Your changes are saved. Nothing is signed yet.',
  signed: 'Thank you: the letter is signed. You have an email with the link to this page.',
  declined: 'You have said no.',
  'taken-back': 'The letter is taken back.',
};

const refusalWords: Readonly<Record<AnswerRefusal, string>> = {
  unknown: 'There is no letter at this address',
  expired: 'The time to sign is over',
  signed: 'The letter is signed already, and stays as it is',
  declined: 'You have said no to this letter already',
  withdrawn: 'The letter was withdrawn meanwhile',
  'taken back': 'The letter was taken back already',
  changed: 'The letter was changed meanwhile. It is shown as it is now: read it before you go on',
  prompts: 'Replace what stands in square brackets, or take it out',
};

const readAgainWords =
  'You changed the words. They are saved, and nothing is signed yet: read the letter as it is now, tick what to hold back, and sign it';

const asked = async (request: PageRequest, ctx: Context) => {
  const found = await lookAtLetter(ctx, request.params.token ?? '');
  if (!found) throw notFound('There is no letter at this address. Links are replaced when they are sent anew.');
  return found;
};

const show = async (
  request: PageRequest,
  ctx: Context,
  more: {
    readonly problems?: readonly FormProblem[];
    readonly text?: string;
    readonly typed?: SignTyped;
  } = {},
): Promise<Answer> => {
  const { letter, standing } = await asked(request, ctx);
  const occupation = await occupationsByReference(ctx, letter.occupations);
  const problems = more.problems ?? [];
  const { title, words } = standWords(letter, standing);
  const text = currentText(letter);
  const { signed } = letter;
  const typed = more.typed ?? {
    name: letter.contact?.name ?? '',
    role: letter.contact?.role ?? '',
    held: [],
    agreed: false,
  };
  return page(
    signView,
    {
      problems,
      doneWords: doneWords[request.query.get('done') ?? ''] ?? '',
      employer: signed?.employerName ?? letter.employer.name,
      organisation: letter.organisationName,
      occupations: listed(letter.occupations.map((one) => occupationWords(occupation(one)))),
      standing,
      title,
      words,
      prompts: hasPrompts(text),
      text: standing === 'open' ? (more.text ?? text) : '',
      // Of two who change the words at once, the second sees the other's too.
      theirs: standing === 'open' && more.text !== undefined && more.text !== text ? text : '',
      paragraphs:
        standing === 'open'
          ? paragraphsOf(text).map((one, at) => ({ at, text: one, held: typed.held.includes(at) }))
          : [],
      shown: shownOf(letter),
      typed,
      address: standing === 'open' ? (letter.contact?.address ?? '') : '',
      actions: {
        amend: signActPath(letter.token, 'amend'),
        sign: signActPath(letter.token, 'sign'),
        decline: signActPath(letter.token, 'decline'),
        takeBack: signActPath(letter.token, 'take-back'),
      },
      signed:
        signed && (standing === 'signed' || standing === 'taken back')
          ? {
              parts: signed.parts,
              by: signed.signer
                ? `${signed.signer.name}, ${signed.signer.role}`
                : 'The name was taken out as its owner asked',
              hash: signed.sha256,
              whole: isUnchanged(letter, signed),
            }
          : null,
    },
    { title, faulty: problems.length > 0, status: problems.length > 0 ? 422 : 200 },
  );
};

const linesOf = (fields: URLSearchParams, name: string): string =>
  (fields.get(name) ?? '').replaceAll('\r\n', '\n').trim();

/** Characters of a reason. */
const longestReason = 1000;

const signProblems = (typed: SignTyped): readonly FormProblem[] => [
  ...(typed.name === '' ? [{ field: 'name', text: 'Enter your name' }] : []),
  ...(typed.name.length > longestLine ? [{ field: 'name', text: `Use up to ${longestLine} characters` }] : []),
  ...(typed.role === '' ? [{ field: 'role', text: 'Say what you are at your organisation' }] : []),
  ...(typed.role.length > longestLine ? [{ field: 'role', text: `Use up to ${longestLine} characters` }] : []),
  ...(typed.agreed ? [] : [{ field: 'agreed', text: 'Say that you may sign it' }]),
];

/** What is wrong with the words; `null`: nothing. */
const textProblem = (text: string): FormProblem | null => {
  if (text === '')
    return { field: 'text', text: 'Enter the words of the letter. If you do not want to sign, say no below' };
  return text.length > longestLetter
    ? { field: 'text', text: `Use up to ${longestLetter.toLocaleString('en-GB')} characters` }
    : null;
};

const answered = async (
  request: PageRequest,
  ctx: Context,
  answer: Awaited<ReturnType<typeof signLetter>>,
  done: string,
  kept: Parameters<typeof show>[2] = {},
  field = '',
): Promise<Answer> =>
  answer.kind === 'refused'
    ? show(request, ctx, { ...kept, problems: [{ field, text: refusalWords[answer.refusal] }] })
    : redirect(`${signPath(request.params.token ?? '')}?done=${done}`);

/** Whoever signs other words than the page showed has not read the letter as it would be signed: the words are saved, and shown first. */
const readAgain = async (
  request: PageRequest,
  ctx: Context,
  { text, shown }: Parameters<typeof amendLetter>[2],
  typed: SignTyped,
): Promise<Answer> => {
  const wrong = textProblem(text);
  if (wrong) return show(request, ctx, { problems: [wrong], text, typed });
  // Paragraphs may stand elsewhere now, and what was agreed to was another text.
  const kept = { ...typed, held: [], agreed: false };
  const saved = await amendLetter(ctx, request.params.token ?? '', { text, shown });
  return saved.kind === 'refused'
    ? show(request, ctx, { problems: [{ field: 'text', text: refusalWords[saved.refusal] }], text, typed: kept })
    : show(request, ctx, { problems: [{ field: 'letter', text: readAgainWords }], typed: kept });
};

const at = (act: string, handle: Route['handle']): Route => ({
  method: 'POST',
  path: `/employers/sign/:token/${act}`,
  access: 'anyone',
  audit: `employers.letter-${act}`,
  perMinute: 30,
  handle,
});

export const signRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/employers/sign/:token',
    access: 'anyone',
    audit: 'employers.letter-by-link',
    perMinute: 60,
    handle: (request, ctx) => show(request, ctx),
  },
  at('amend', async (request, ctx) => {
    const { letter } = await asked(request, ctx);
    const { fields } = await request.form();
    const text = linesOf(fields, 'text');
    const wrong = textProblem(text);
    if (wrong) return show(request, ctx, { problems: [wrong], text });
    return answered(
      request,
      ctx,
      await amendLetter(ctx, letter.token, { text, shown: fields.get('shown') ?? '' }),
      'amended',
      { text },
      'text',
    );
  }),
  at('sign', async (request, ctx) => {
    const { letter, standing } = await asked(request, ctx);
    const { fields } = await request.form();
    const typed: SignTyped = {
      name: linesOf(fields, 'name'),
      role: linesOf(fields, 'role'),
      held: fields.getAll('held').flatMap((one) => (/^\d{1,4}$/.test(one) ? [Number(one)] : [])),
      agreed: fields.get('agreed') === 'yes',
    };
    const problems = signProblems(typed);
    const text = fields.has('text') ? linesOf(fields, 'text') : currentText(letter);
    if (standing === 'open' && text !== currentText(letter))
      return readAgain(request, ctx, { text, shown: fields.get('shown') ?? '' }, typed);
    if (problems.length > 0 && standing === 'open') return show(request, ctx, { problems, typed });
    return answered(
      request,
      ctx,
      await signLetter(ctx, letter.token, {
        shown: fields.get('shown') ?? '',
        name: typed.name,
        role: typed.role,
        heldBack: typed.held,
      }),
      'signed',
      { typed },
    );
  }),
  at('decline', async (request, ctx) => {
    const { letter } = await asked(request, ctx);
    const reason = linesOf((await request.form()).fields, 'reason').slice(0, longestReason);
    return answered(request, ctx, await declineLetter(ctx, letter.token, reason), 'declined');
  }),
  at('take-back', async (request, ctx) => {
    const { letter } = await asked(request, ctx);
    const reason = linesOf((await request.form()).fields, 'reason').slice(0, longestReason);
    return answered(request, ctx, await takeBackLetter(ctx, letter.token, reason), 'taken-back');
  }),
];
