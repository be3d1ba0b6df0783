import { londonDay } from '#kernel/london-time.ts';
import { isAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { type Heading, type Markup, renderMarkdown } from '#platform/documents/markdown.ts';
import { type Answer, page, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import { fileNotice, fileWords } from '#web/file-words.ts';
import type { PageRequest } from '#web/route.ts';
import { day, sizeWords } from '#web/words.ts';
import type { Attachment } from '../domain/attachment.ts';
import type { GuidePage, PageVersion } from '../domain/guide-page.ts';
import {
  editPath,
  filePath,
  guidancePath,
  guidePagePath,
  historyPath,
  madeFormatPath,
  otherFormatPath,
  subscribePath,
  tablePath,
} from '../paths.ts';
import { edit } from '../policy.ts';
import { versionAttachments } from '../use-cases/attach-file.ts';
import { findDraft } from '../use-cases/edit-page.ts';
import { guidePageKind } from '../use-cases/findable.ts';
import { madeFormats } from '../use-cases/make-formats.ts';
import { madeOnRequest } from '../use-cases/other-formats.ts';
import { findPage, listPages, listVersions } from '../use-cases/read-guide.ts';
import { resolveIn } from '../use-cases/resolve-addresses.ts';
import { type FormatShown, formatsShown } from './formats.ts';
import { articleData } from './linked-data.ts';

type PageModel = {
  readonly doneWords: string;
  readonly banner: {
    readonly title: string;
    readonly text: string;
    readonly href: string;
    readonly linkText: string;
  } | null;
  readonly topic: string;
  /** "England", and the routes where it is not about all of them. */
  readonly appliesTo: string;
  readonly title: string;
  readonly summary: string;
  readonly published: string;
  readonly updated: string;
  readonly historyHref: string;
  readonly late: boolean;
  readonly reviewDue: string;
  readonly headings: readonly Heading[];
  readonly markup: Markup;
  readonly attachments: readonly {
    readonly title: string;
    readonly href: string;
    readonly words: string;
    readonly notice: string;
  }[];
  readonly formats: readonly FormatShown[];
  readonly otherFormatHref: string;
  readonly related: readonly { readonly title: string; readonly href: string }[];
  /** What was asked, said and done about this page elsewhere on this site. */
  readonly said: readonly { readonly title: string; readonly href: string }[];
  readonly subscribeHref: string;
  readonly editHref: string;
  readonly hasDraft: boolean;
};

const pageView = view<PageModel>('capabilities/guidance/pages/guide-page/page.njk');

export const crumbs = [
  { text: 'Start', href: '/' },
  { text: 'Guidance', href: guidancePath },
];

export const pageAsked = async (request: PageRequest, ctx: Context): Promise<GuidePage> => {
  const found = await findPage(ctx, request.params.page ?? '');
  if (!found) throw notFound('There is no page of the guide at this address.');
  return found;
};

const doneWords: Readonly<Record<string, string>> = {
  published: 'It is published.',
  discarded: 'The draft was thrown away.',
  withdrawn: 'The page is withdrawn.',
  again: 'The page is published again.',
};

const shownAttachment = (one: Attachment) => ({
  title: one.revision.title,
  href: one.kind === 'table' ? tablePath(one.page, one.name) : filePath(one.page, one.name),
  words: fileWords(one.revision),
  notice: fileNotice(one.revision),
});

/** A page as one of its versions says it, the newest or an older one. */
export const showText = async (
  request: PageRequest,
  ctx: Context,
  guide: GuidePage,
  shown: PageVersion,
): Promise<Answer> => {
  const first = (await listVersions(ctx, guide.id)).at(-1) ?? shown;
  const mayEdit = isAllowed(ctx.actor, edit);
  const older = shown.number !== guide.current.number;
  const { markup, headings } = renderMarkdown(
    shown.body,
    '',
    await resolveIn(ctx, guide.id, shown.body, shown.number, older ? shown.publishedAt : null),
  );
  const attachments = (await versionAttachments(ctx, guide.id, shown.number)).filter((one) => one.kind !== 'image');
  const related = (await listPages(ctx)).filter(
    (one) => one.topic === guide.topic && one.id !== guide.id && one.withdrawn === null,
  );
  return page(
    pageView,
    {
      doneWords: doneWords[request.query.get('done') ?? ''] ?? '',
      banner: guide.withdrawn
        ? {
            title: `Withdrawn on ${day(guide.withdrawn.at)}.`,
            text: guide.withdrawn.reason,
            href: guide.withdrawn.supersededBy ? guidePagePath(guide.withdrawn.supersededBy) : '',
            linkText: guide.withdrawn.supersededBy
              ? `Read instead: ${(await findPage(ctx, guide.withdrawn.supersededBy))?.current.title ?? ''}`
              : '',
          }
        : older
          ? {
              title: `This is version ${shown.number}, of ${day(shown.publishedAt)}.`,
              text: 'It is kept as it stood.',
              href: guidePagePath(guide.id),
              linkText: 'Read what holds now',
            }
          : null,
      topic: guide.topic,
      appliesTo: ['England', ...guide.routes].join('; '),
      title: shown.title,
      summary: shown.summary,
      published: day(first.publishedAt),
      updated: day(shown.publishedAt),
      historyHref: historyPath(guide.id),
      late: guide.reviewDue < londonDay(ctx.clock()),
      reviewDue: day(guide.reviewDue),
      headings,
      markup,
      attachments: attachments.map(shownAttachment),
      formats:
        older || guide.withdrawn
          ? []
          : [
              ...formatsShown(guide.id, await madeFormats(ctx, guide.id)),
              ...(await madeOnRequest(ctx, guide.id)).map((one) => ({
                href: madeFormatPath(guide.id, one.id),
                text: `${one.wanted} (${one.ending.toUpperCase()}, ${sizeWords(one.size)}, made on ${day(one.answeredAt)})`,
              })),
            ],
      otherFormatHref: otherFormatPath(guide.id),
      related: related.map((one) => ({ title: one.current.title, href: guidePagePath(one.id) })),
      // What other pages of the guide say of it stands in those.
      said: (await ctx.references.pointingAt(ctx, { kind: guidePageKind, id: guide.id })).filter(
        (one) => !one.href.startsWith(`${guidancePath}/`),
      ),
      subscribeHref: `${subscribePath}?page=${encodeURIComponent(guide.id)}`,
      editHref: mayEdit && !older ? editPath(guide.id) : '',
      hasDraft: mayEdit && (await findDraft(ctx, guide.id)) !== undefined,
    },
    {
      title: shown.title,
      crumbs,
      description: shown.summary,
      canonicalPath: guidePagePath(guide.id),
      linkedData: articleData(ctx, guide, shown, first.publishedAt),
    },
  );
};
