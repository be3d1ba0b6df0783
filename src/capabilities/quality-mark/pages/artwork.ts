import { randomUUID } from 'node:crypto';
import type { Person } from '#kernel/actor.ts';
import { NotAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Form, Route } from '#web/route.ts';
import { day, moment } from '#web/words.ts';
import { contrast, leastForText } from '../domain/contrast.ts';
import { type Guideline, guideline, mainScheme, type SchemeId } from '../domain/mark-rules.ts';
import { artworkPath, guidelinePath, markPath } from '../paths.ts';
import { administerMark } from '../policy.ts';
import {
  type ArtworkRefusal,
  approveArtwork,
  artworkNow,
  artworkProblem,
  artworkWaiting,
  documentOf,
  examineGuideline,
  hasGuidelineDocument,
  loadArtwork,
  refuseArtwork,
} from '../use-cases/artwork.ts';
import { keysSeen, signerThatIs } from '../use-cases/keys.ts';
import { drawScheme } from '../use-cases/mark-picture.ts';
import { rulesToday } from '../use-cases/rules.ts';
import { type Picture, pictureOf, svgAnswer } from './picture.ts';

const fieldNames = ['name', 'source', 'clearSpace', 'minimumWidthPixels', 'minimumWidthMillimetres'] as const;
type Typed = Readonly<Record<string, string>>;
type Waiting = {
  readonly name: string;
  readonly source: string;
  readonly loaded: string;
  readonly numbers: string;
  readonly pictures: readonly { readonly title: string; readonly picture: Picture }[];
  /** Where the guideline's PDF is; empty: none was given. */
  readonly document: string;
  readonly approve: string;
  readonly refuse: string;
};
type Model = {
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly now: string;
  readonly documentNow: string;
  readonly waiting: Waiting | null;
  readonly id: string;
  readonly action: string;
  readonly typed: Typed;
  readonly schemes: readonly {
    readonly id: string;
    readonly title: string;
    readonly use: string;
    readonly isMain: boolean;
    readonly text: string;
    readonly ground: string;
  }[];
  readonly keys: readonly { readonly id: string; readonly made: string; readonly state: string }[];
  /** Why nothing is signed here; empty: it is. */
  readonly signsNot: string;
};

const artworkView = view<Model>('capabilities/quality-mark/pages/artwork/page.njk');

const personOf = (ctx: Context): Person => {
  if (ctx.actor.kind !== 'person') throw new NotAllowed(administerMark);
  return ctx.actor;
};

const doneWords: Readonly<Record<string, string>> = {
  loaded: 'It is loaded, and waits for its check.',
  checked: 'The official artwork is in use from now on.',
  refused: 'It was put away.',
};

const refusalWords: Readonly<Record<ArtworkRefusal, string>> = {
  gone: 'Someone decided on it before',
  'needs-second-person': 'Another administrator has to check what you loaded',
  'others-can': 'Another administrator can check what you loaded: ask them',
};

const waitingModel = async (ctx: Context): Promise<Waiting | null> => {
  const waiting = await artworkWaiting(ctx);
  if (!waiting) return null;
  const { stored, artwork } = waiting;
  const path = `${artworkPath}/${stored.id}`;
  return {
    name: stored.settings.name,
    source: stored.settings.source,
    loaded: moment(stored.loadedAt),
    numbers: `Clear space ${stored.settings.clearSpace} of the height; at least ${stored.settings.minimumWidthPixels} pixels or ${stored.settings.minimumWidthMillimetres} mm wide.`,
    pictures: artwork.guideline.schemes.map((one) => ({
      title: one.title,
      picture: pictureOf(
        `${path}/${one.id}.svg`,
        `The artwork that was loaded, ${one.title.toLowerCase()}`,
        drawScheme(artwork, one.id, { kind: 'standing' }, ''),
      ),
    })),
    document: stored.documentId ? `${path}/guideline.pdf` : '',
    approve: `${path}/approve`,
    refuse: `${path}/refuse`,
  };
};

const show = async (
  ctx: Context,
  more: {
    readonly problems?: readonly FormProblem[];
    readonly typed?: Typed;
    readonly id?: string;
    readonly done?: string;
  } = {},
): Promise<Answer> => {
  const { problems = [] } = more;
  const now = await artworkNow(ctx);
  const { placeholder } = rulesToday(ctx);
  return page(
    artworkView,
    {
      problems,
      doneWords: doneWords[more.done ?? ''] ?? '',
      now: now.isPlaceholder
        ? 'The placeholder, which says that it is one.'
        : `${now.guideline.name}. ${now.guideline.source}`,
      documentNow: (await hasGuidelineDocument(ctx)) ? guidelinePath : '',
      waiting: await waitingModel(ctx),
      id: more.id ?? randomUUID(),
      action: artworkPath,
      typed: more.typed ?? Object.fromEntries(fieldNames.map((name) => [name, ''])),
      schemes: placeholder.schemes.map(({ id, title, use }) => ({
        id,
        title,
        use,
        isMain: id === mainScheme,
        text: more.typed?.[`text-${id}`] ?? (id === 'dark' ? '#ffffff' : '#000000'),
        ground: more.typed?.[`ground-${id}`] ?? (id === 'dark' ? '#000000' : '#ffffff'),
      })),
      keys: (await keysSeen(ctx)).map((one) => ({
        id: one.id,
        made: day(one.madeAt),
        state: one.disownedAt
          ? `Not trusted since ${day(one.disownedAt)}`
          : one.retiredAt
            ? `Retired ${day(one.retiredAt)}, goes on verifying`
            : 'Signs',
      })),
      signsNot:
        ctx.signingSecret === undefined
          ? 'HTQ_SIGNING_SECRET is not set, so this site signs nothing. docs/running.md says how to set it.'
          : (await signerThatIs(ctx)) === 'other-secret'
            ? 'The key was sealed under another HTQ_SIGNING_SECRET than the one that is set, so this site signs nothing. Set the former one again, or make a new key.'
            : '',
    },
    {
      title: 'Official artwork',
      crumbs: [
        { text: 'Start', href: '/' },
        { text: 'Quality mark', href: markPath },
      ],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

type Sent = {
  readonly typed: Typed;
  readonly problems: readonly FormProblem[];
  readonly settings: Guideline | null;
  readonly files: ReadonlyMap<SchemeId, Uint8Array>;
};

/** The form, read once: what was typed, what is wrong, and the guideline that it makes. */
const readSent = (ctx: Context, { fields, files }: Form): Sent => {
  const typed = Object.fromEntries([...fields].map(([name, value]) => [name, value.trim().slice(0, 500)]));
  const problems: FormProblem[] = [];
  const { placeholder } = rulesToday(ctx);
  const number = (name: string, words: string): number => {
    const value = Number((typed[name] ?? '').replace(',', '.'));
    if (typed[name] === undefined || typed[name] === '' || !Number.isFinite(value))
      problems.push({ field: name, text: words });
    return value;
  };
  if (!typed.name) problems.push({ field: 'name', text: 'Enter what the guideline is called' });
  if (!typed.source) problems.push({ field: 'source', text: 'Say where it is from, and its date' });
  const held = new Map<SchemeId, Uint8Array>();
  const schemes = placeholder.schemes.flatMap((one) => {
    const file = files.find((each) => each.field === `file-${one.id}`);
    if (!file) return [];
    const problem = artworkProblem(file.bytes);
    if (problem) problems.push({ field: `file-${one.id}`, text: problem });
    held.set(one.id, file.bytes);
    const text = typed[`text-${one.id}`] ?? '';
    const ground = typed[`ground-${one.id}`] ?? '';
    const isColour = (value: string): boolean => /^#[0-9a-f]{6}$/i.test(value);
    for (const [name, value] of [
      ['text', text],
      ['ground', ground],
    ] as const)
      if (!isColour(value)) problems.push({ field: `${name}-${one.id}`, text: 'Enter a colour such as #0b5a5e' });
    if (isColour(text) && isColour(ground) && contrast(text.toLowerCase(), ground.toLowerCase()) < leastForText)
      problems.push({
        field: `text-${one.id}`,
        text: `Words need a contrast of ${leastForText} to 1 on their ground (${one.title.toLowerCase()})`,
      });
    return [{ ...one, ink: text.toLowerCase(), text: text.toLowerCase(), ground: ground.toLowerCase() }];
  });
  if (!held.has(mainScheme))
    problems.push({ field: `file-${mainScheme}`, text: 'Choose the SVG file that pages and credentials show' });
  const made = {
    name: typed.name ?? '',
    source: typed.source ?? '',
    clearSpace: number('clearSpace', 'Enter the clear space as a part of the height, such as 0.25'),
    minimumWidthPixels: number('minimumWidthPixels', 'Enter the least width in pixels'),
    minimumWidthMillimetres: number('minimumWidthMillimetres', 'Enter the least width in millimetres'),
    widths: [...placeholder.widths],
    schemes,
  };
  const read = problems.length === 0 ? guideline.safeParse(made) : null;
  if (read && !read.success)
    for (const issue of read.error.issues)
      problems.push({ field: String(issue.path[0] ?? ''), text: 'Enter a number in the range that a mark can have' });
  return { typed, problems, settings: read?.data ?? null, files: held };
};

export const artworkRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: artworkPath,
    access: administerMark,
    audit: 'quality-mark.artwork',
    handle: (request, ctx) => show(ctx, { done: request.query.get('done') ?? '' }),
  },
  {
    method: 'POST',
    path: artworkPath,
    access: administerMark,
    audit: 'quality-mark.load-artwork',
    handle: async (request, ctx) => {
      const form = await request.form();
      const { typed, problems, settings, files } = readSent(ctx, form);
      const id = formId(form.fields);
      const given = form.files.find((one) => one.field === 'document');
      const document = given ? await examineGuideline(ctx, given) : null;
      const wrong =
        document?.kind === 'refused' ? [...problems, { field: 'document', text: document.refusal }] : problems;
      if (!settings || wrong.length > 0) return show(ctx, { typed, problems: wrong, id });
      await loadArtwork(ctx, personOf(ctx), id, settings, files, document?.kind === 'ok' ? document.value : null);
      return redirect(`${artworkPath}?done=loaded`);
    },
  },
  {
    method: 'GET',
    path: '/mark/artwork/:guideline/:file',
    access: administerMark,
    audit: 'quality-mark.artwork-picture',
    handle: async (request, ctx) => {
      const waiting = await artworkWaiting(ctx);
      if (request.params.file === 'guideline.pdf' && waiting?.stored.id === request.params.guideline) {
        const body = await documentOf(ctx, waiting?.stored ?? null);
        if (!body) throw notFound('No guideline was loaded with it.');
        return { kind: 'file', name: 'quality-mark-guideline.pdf', type: 'application/pdf', body };
      }
      const scheme = /^([a-z]+)\.svg$/.exec(request.params.file ?? '')?.[1] ?? '';
      const drawn =
        waiting?.stored.id === request.params.guideline && waiting
          ? drawScheme(waiting.artwork, scheme, { kind: 'standing' }, 'The artwork that was loaded')
          : null;
      if (!drawn) throw notFound('There is no such picture.');
      const answer = svgAnswer(`${scheme}.svg`, drawn);
      // Nobody but administrators sees it before it was checked.
      return answer.kind === 'file' ? { ...answer, headers: {} } : answer;
    },
  },
  {
    method: 'POST',
    path: '/mark/artwork/:guideline/approve',
    access: administerMark,
    audit: 'quality-mark.approve-artwork',
    handle: async (request, ctx) => {
      const approved = await approveArtwork(ctx, personOf(ctx), request.params.guideline ?? '');
      if (approved.kind === 'refused')
        return show(ctx, { problems: [{ field: '', text: refusalWords[approved.refusal] }] });
      return redirect(`${artworkPath}?done=checked`);
    },
  },
  {
    method: 'POST',
    path: '/mark/artwork/:guideline/refuse',
    access: administerMark,
    audit: 'quality-mark.refuse-artwork',
    handle: async (request, ctx) => {
      await refuseArtwork(ctx, request.params.guideline ?? '');
      return redirect(`${artworkPath}?done=refused`);
    },
  },
];
