import { ukprnOf } from '#cap/accounts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, view } from '#web/answer.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { counted } from '#web/words.ts';
import type { Finding } from '../domain/check-page.ts';
import { checkPath, markPath } from '../paths.ts';
import { type CheckedPage, checkPage } from '../use-cases/check-page.ts';

type Typed = { readonly ukprn: string; readonly text: string };
type Model = {
  readonly problems: readonly FormProblem[];
  readonly action: string;
  readonly typed: Typed;
  readonly found: {
    readonly tone: 'good' | 'bad' | 'open';
    readonly sentence: string;
    readonly about: string;
    /** Findings that are not shown. */
    readonly more: number;
    readonly findings: readonly (Finding & { readonly weightWords: string; readonly kindWords: string })[];
  } | null;
};

const checkView = view<Model>('capabilities/quality-mark/pages/check/page.njk');

const kindWords: Readonly<Record<Finding['kind'], string>> = {
  title: 'Words in a title',
  'first-teach': 'First teach date left out',
  'not-entitled': 'The mark does not hold',
  unknown: 'Not in the register',
  occupation: 'Another occupation',
  picture: 'Picture of the mark',
};

/** Findings that are shown at once: whoever has mended those checks the page again. */
const mostShown = 200;

const foundModel = (checked: CheckedPage): NonNullable<Model['found']> => {
  const must = checked.findings.filter((one) => one.weight === 'must').length;
  const sentence =
    checked.findings.length === 0
      ? 'Nothing wrong was found.'
      : must > 0
        ? `${counted(must, 'thing')} on this page ${must === 1 ? 'breaks' : 'break'} a rule.`
        : `${counted(checked.findings.length, 'thing')} on this page ${checked.findings.length === 1 ? 'needs' : 'need'} a look.`;
  return {
    tone: checked.findings.length === 0 ? 'good' : must > 0 ? 'bad' : 'open',
    sentence,
    about: `${counted(checked.blocks, 'piece')} of text, against ${counted(checked.offers, 'offer')} of ${checked.provider} as the register has them today.${checked.copyWords === '' ? '' : ` ${checked.copyWords}`} A check finds what it looks for: it is no approval of the page.`,
    more: Math.max(0, checked.findings.length - mostShown),
    findings: checked.findings.slice(0, mostShown).map((one) => ({
      ...one,
      weightWords: one.weight === 'must' ? 'Breaks a rule' : 'Look at it',
      kindWords: kindWords[one.kind],
    })),
  };
};

/** The provider that whoever is signed in acts for. */
const ownUkprn = async (ctx: Context): Promise<string> => {
  const { actor } = ctx;
  const organisation = actor.kind === 'person' ? (actor.actingFor ?? actor.memberships[0]?.organisation) : undefined;
  return organisation === undefined ? '' : ((await ukprnOf(ctx, organisation)) ?? '');
};

const show = (more: {
  readonly typed: Typed;
  readonly problems?: readonly FormProblem[];
  readonly checked?: CheckedPage;
}): Answer => {
  const { problems = [], typed, checked } = more;
  const found = checked ? foundModel(checked) : null;
  return page(
    checkView,
    { problems, action: checkPath, typed, found },
    {
      title: found ? `Check a page: ${found.sentence}` : 'Check a page',
      crumbs: [
        { text: 'Start', href: '/' },
        { text: 'Quality mark', href: markPath },
      ],
      description:
        'Check a page of a prospectus: marks out of date, dates left out, wrong occupations, forbidden words in titles.',
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

export const checkRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: checkPath,
    access: 'anyone',
    audit: 'quality-mark.check-form',
    handle: async (_request, ctx) => show({ typed: { ukprn: await ownUkprn(ctx), text: '' } }),
  },
  {
    method: 'POST',
    path: checkPath,
    access: 'anyone',
    audit: 'quality-mark.check',
    perMinute: 20,
    handle: async (request, ctx) => {
      const { fields, files } = await request.form();
      const typed = { ukprn: (fields.get('ukprn') ?? '').trim(), text: fields.get('text') ?? '' };
      const file =
        files.find((one) => one.field === 'file') ??
        (typed.text.trim() === '' ? null : { name: 'pasted', bytes: new TextEncoder().encode(typed.text) });
      const problems: FormProblem[] = [
        ...(/^\d{8}$/.test(typed.ukprn)
          ? []
          : [{ field: 'ukprn', text: 'Enter the provider’s UKPRN, which has 8 digits' }]),
        ...(file ? [] : [{ field: 'text', text: 'Paste the page, or choose a file' }]),
      ];
      if (problems.length > 0 || !file) return show({ typed, problems });
      const checked = await checkPage(ctx, typed.ukprn, file);
      if (checked.kind === 'refused') return show({ typed, problems: [checked.refusal] });
      return show({ typed, checked: checked.value });
    },
  },
];
