import type { Article, Dataset, WithContext } from 'schema-dts';
import type { Context } from '#platform/context.ts';
import { type Attachment, columnMeanings } from '../domain/attachment.ts';
import type { GuidePage, PageVersion } from '../domain/guide-page.ts';
import { guidancePath, guidePagePath } from '../paths.ts';

/** A page of the guide in the words of schema.org. */
export const articleData = (
  ctx: Context,
  guide: GuidePage,
  shown: PageVersion,
  firstPublished: Date,
): WithContext<Article> => ({
  '@context': 'https://schema.org',
  '@type': 'Article',
  '@id': `${ctx.address}${guidePagePath(guide.id)}`,
  headline: shown.title,
  description: shown.summary,
  articleSection: guide.topic,
  inLanguage: 'en-GB',
  datePublished: firstPublished.toISOString(),
  dateModified: shown.publishedAt.toISOString(),
  version: shown.number,
  isPartOf: { '@type': 'CreativeWork', '@id': `${ctx.address}${guidancePath}`, name: 'Guidance' },
  publisher: { '@type': 'Organization', name: ctx.name, url: ctx.address },
});

/** A table that hangs on a page, with the files in which it can be had. */
export const datasetData = (ctx: Context, table: Attachment, path: string): WithContext<Dataset> => ({
  '@context': 'https://schema.org',
  '@type': 'Dataset',
  '@id': `${ctx.address}${path}`,
  name: table.revision.title,
  description: table.revision.source || table.revision.title,
  version: table.revision.number,
  dateModified: table.revision.madeAt.toISOString(),
  variableMeasured: columnMeanings(table.revision.columns).map((one) => ({
    '@type': 'PropertyValue',
    name: one.column,
    description: one.meaning,
  })),
  distribution: (
    [
      ['csv', 'text/csv'],
      ['json', 'application/json'],
      ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ] as const
  ).map(([format, type]) => ({
    '@type': 'DataDownload',
    encodingFormat: type,
    contentUrl: `${ctx.address}${path}/${format}`,
  })),
});
