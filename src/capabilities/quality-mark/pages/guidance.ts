import type { Context } from '#platform/context.ts';
import { type Answer, page, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { Route } from '#web/route.ts';
import { day } from '#web/words.ts';
import { contrast } from '../domain/contrast.ts';
import { type Advice, adviceOf } from '../domain/guidance.ts';
import { mainScheme } from '../domain/mark-rules.ts';
import { type MarkState, sampleStates } from '../domain/mark-state.ts';
import { guidancePath, guidelinePath, markPath, placeholderPath, sheetPath } from '../paths.ts';
import { adviceSheet } from '../use-cases/advice-sheet.ts';
import { artworkNow, guidelineDocument, hasGuidelineDocument } from '../use-cases/artwork.ts';
import { sampleMark } from '../use-cases/mark-picture.ts';
import { rulesToday, today } from '../use-cases/rules.ts';
import { type Picture, pictureOf } from './picture.ts';

type Model = {
  readonly placeholder: boolean;
  readonly sheetHref: string;
  /** The official guideline; empty: none was loaded. */
  readonly guidelineHref: string;
  readonly advice: readonly Advice[];
  readonly schemes: readonly {
    readonly title: string;
    readonly use: string;
    readonly ink: string;
    readonly text: string;
    readonly ground: string;
    readonly contrast: string;
    readonly emblemContrast: string;
    readonly picture: Picture;
  }[];
  readonly states: readonly { readonly text: string; readonly picture: Picture }[];
  readonly sources: readonly string[];
  readonly checked: string;
};

const guidanceView = view<Model>('capabilities/quality-mark/pages/guidance/page.njk');

const shownStates: readonly {
  readonly name: '' | keyof ReturnType<typeof sampleStates>;
  readonly text: string;
  readonly alt: string;
}[] = [
  { name: '', text: 'Approved, and taught.', alt: 'The mark with a tick' },
  {
    name: 'first-teach',
    text: 'Approved, before its first teach date: the date is in the picture.',
    alt: 'The mark with a tick and its first teach date',
  },
  {
    name: 'withdrawn',
    text: 'Withdrawn: a picture that this site serves shows it within a minute. A downloaded one cannot.',
    alt: 'The mark crossed out, with the date of withdrawal',
  },
];

const show = async (ctx: Context): Promise<Answer> => {
  const rules = rulesToday(ctx);
  const artwork = await artworkNow(ctx);
  const schemes = [];
  for (const one of artwork.guideline.schemes)
    schemes.push({
      ...one,
      contrast: contrast(one.text, one.ground).toFixed(1),
      emblemContrast: contrast(one.ink, one.ground).toFixed(1),
      picture: pictureOf(
        placeholderPath(one.id),
        `The mark, ${one.title.toLowerCase()}`,
        await sampleMark(ctx, one.id, { kind: 'standing' }),
      ),
    });
  const states = [];
  const samples = sampleStates(today(ctx));
  for (const { name, text, alt } of shownStates) {
    const state: MarkState = name === '' ? { kind: 'standing' } : samples[name];
    const path = placeholderPath(name === '' ? mainScheme : `${mainScheme}-${name}`);
    states.push({ text, picture: pictureOf(path, alt, await sampleMark(ctx, mainScheme, state)) });
  }
  return page(
    guidanceView,
    {
      placeholder: artwork.isPlaceholder,
      sheetHref: sheetPath,
      guidelineHref: (await hasGuidelineDocument(ctx)) ? guidelinePath : '',
      advice: adviceOf(rules, artwork.guideline),
      schemes,
      states,
      sources: [
        `Titles: ${rules.title.source}`,
        `First teach: ${rules.firstTeach.source}`,
        `Colours, clear space and sizes: ${artwork.guideline.source}`,
        `Terms: ${rules.terms.source}`,
      ],
      checked: day(rules.checked),
    },
    {
      title: 'Use the mark well',
      crumbs: [
        { text: 'Start', href: '/' },
        { text: 'Quality mark', href: markPath },
      ],
      description: 'Do and don’t for the quality mark of Higher Technical Qualifications.',
    },
  );
};

export const guidanceRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: guidelinePath,
    access: 'anyone',
    audit: 'quality-mark.guideline',
    perMinute: 60,
    handle: async (_request, ctx) => {
      const body = await guidelineDocument(ctx);
      if (!body) throw notFound('The official guideline was not loaded on this site.');
      return { kind: 'file', name: 'quality-mark-guideline.pdf', type: 'application/pdf', body };
    },
  },
  {
    method: 'GET',
    path: guidancePath,
    access: 'anyone',
    audit: 'quality-mark.guidance',
    handle: (_request, ctx) => show(ctx),
  },
  {
    method: 'GET',
    path: sheetPath,
    access: 'anyone',
    audit: 'quality-mark.sheet',
    perMinute: 10,
    handle: async (_request, ctx) => ({
      kind: 'file',
      name: 'quality-mark-do-and-dont.pdf',
      type: 'application/pdf',
      body: await adviceSheet(ctx),
    }),
  },
];
