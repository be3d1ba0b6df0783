import { regions } from '#kernel/region.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { counted, day, listed } from '#web/words.ts';
import { sizes } from '../../domain/employer.ts';
import { countEmployers, type EvidenceItem, type EvidencePart, spreadOf } from '../../domain/evidence.ts';
import {
  ageWords,
  countingsOf,
  findingWords,
  kindWords,
  policyWords,
  sectorTitle,
  sizeTitle,
} from '../../domain/evidence-words.ts';
import {
  attendancePath,
  employerPath,
  evidenceFilePath,
  letterPath,
  measurePath,
  newLetterPath,
  partPath,
} from '../../paths.ts';
import { keepEmployers } from '../../policy.ts';
import { occupationsByReference } from '../../use-cases/evidence-occupations.ts';
import { measuredRecord } from '../../use-cases/evidence-record.ts';
import { sectors } from '../../use-cases/reference-data.ts';
import {
  type EvidenceReader,
  type EvidenceToWrite,
  evidenceCsv,
  evidenceFile,
  evidenceXlsx,
} from '../../use-cases/write-evidence.ts';
import { evidenceCrumbs, keepingOf } from './keeping.ts';

type Link = { readonly text: string; readonly href: string };
type Model = {
  readonly organisation: string;
  readonly title: string;
  readonly reference: string;
  readonly summary: string;
  readonly policy: string;
  readonly isMeasured: boolean;
  readonly measureHref: string;
  readonly findings: readonly { readonly words: string; readonly met: boolean }[];
  readonly notes: readonly Link[];
  readonly spread: {
    readonly sizes: readonly string[];
    readonly rows: readonly {
      readonly region: string;
      readonly cells: readonly { readonly count: number; readonly old: number }[];
    }[];
  };
  /** Items that are too old to count. */
  readonly old: number;
  readonly countings: readonly {
    readonly title: string;
    readonly first: string;
    readonly hint: string;
    readonly rows: readonly {
      readonly text: string;
      readonly employers: number;
      readonly items: number;
      readonly percent: number;
    }[];
  }[];
  readonly items: readonly {
    readonly id: string;
    readonly employer: string;
    readonly employerHref: string;
    readonly kind: string;
    readonly title: string;
    readonly when: string;
    readonly tooOld: boolean;
    readonly facts: string;
    readonly confidential: boolean;
    readonly parts: readonly EvidencePart[];
    readonly link: Link;
  }[];
  readonly whole: readonly Link[];
  readonly others: readonly Link[];
  readonly newLetterHref: string;
};

const recordView = view<Model>('capabilities/employers/pages/evidence/record.njk');

const asked = async (request: PageRequest, ctx: Context): Promise<EvidenceToWrite> => {
  const keeping = keepingOf(ctx);
  const reference = (request.params.standard ?? '').toUpperCase();
  // What is no reference has no record either.
  if (!/^[A-Z0-9]{1,12}$/.test(reference)) throw notFound('There is no occupation of this reference.');
  const found = await measuredRecord(ctx, keeping.organisation, reference);
  const occupation = (await occupationsByReference(ctx, [reference]))(reference);
  if (found.record.items.length === 0 && occupation.title === reference)
    throw notFound('There is no occupation of this reference, and no evidence for one.');
  return { ...found, occupation, organisation: keeping.name };
};

const linkOf = (item: EvidenceItem): Link => {
  switch (item.kind) {
    case 'letter':
      return { text: 'The letter', href: letterPath(item.id) };
    case 'attendance':
      return { text: 'The match', href: attendancePath(item.id) };
    case 'meeting':
      return { text: 'The meeting', href: partPath(item.employer.id, 'meetings', item.id) };
  }
};

/** What is too old, soon will be, or cannot count since something is not known: each with where to do something. */
const notesOf = ({ missing }: EvidenceToWrite): readonly Link[] =>
  missing === null
    ? []
    : [
        ...missing.tooOld.map((one) => ({
          text: `${one.employer.name}, ${day(one.on)}: too old to count`,
          href: employerPath(one.employer.id),
        })),
        ...missing.ageing.map((one) => ({
          text: `${one.item.employer.name}, ${day(one.item.on)}: counts until ${day(one.until)}`,
          href: employerPath(one.item.employer.id),
        })),
        ...missing.hidden.map((one) => ({
          text: `${one.employer.name}, ${day(one.on)}: all of the letter is held back, so others see nothing of it`,
          href: letterPath(one.id),
        })),
        ...missing.unplaced.map((one) => ({
          text: `${one.name}: ${listed(one.what)} not known`,
          href: employerPath(one.id),
        })),
      ];

/** What counts first, then what is too old to: the numbers are those that the findings go by. */
const summaryOf = ({ record, missing }: EvidenceToWrite): string => {
  if (record.items.length === 0) return 'There is no evidence for this occupation yet.';
  const items = missing?.counting ?? record.items;
  const places = new Set(items.flatMap((one) => one.employer.region ?? [])).size;
  const lacking = missing?.findings.filter((one) => one.missing > 0).length ?? 0;
  const old = missing?.tooOld.length ?? 0;
  return [
    `${counted(items.length, 'item')} from ${counted(countEmployers(items), 'employer')} in ${counted(places, 'region')}${old > 0 ? `, and ${old} too old to count` : ''}.`,
    ...(missing
      ? [
          lacking === 0
            ? 'Nothing that is looked for is missing.'
            : `${counted(lacking, 'thing is', 'things are')} missing.`,
        ]
      : []),
  ].join(' ');
};

/** Employers by region and size: those whose evidence counts, and those with evidence alone that is too old to. */
const spreadFor = ({ record, missing }: EvidenceToWrite): Model['spread']['rows'] => {
  const counting = spreadOf(missing?.counting ?? record.items, regions, sizes);
  return spreadOf(record.items, regions, sizes).map(({ region, employers }, row) => ({
    region,
    cells: employers.map((all, at) => {
      const count = counting[row]?.employers[at] ?? 0;
      return { count, old: all - count };
    }),
  }));
};

const countingsFor = (items: readonly EvidenceItem[]): Model['countings'] =>
  countingsOf(items, sectors).map((one) => {
    const most = Math.max(1, ...one.rows.map((row) => row.employers));
    return {
      title: one.title,
      first: one.first,
      hint:
        one.dimension === 'age'
          ? 'An employer stands with its newest item. The bar shows employers.'
          : 'An employer counts once. The bar shows employers.',
      // Where regions have none, the table above shows.
      rows: one.rows
        .filter((row) => one.dimension !== 'region' || row.items > 0)
        .map((row) => ({ ...row, percent: Math.round((row.employers / most) * 100) })),
    };
  });

const showRecord = async (request: PageRequest, ctx: Context): Promise<Answer> => {
  const found = await asked(request, ctx);
  const { record, occupation, policy, missing } = found;
  const files = (whole: boolean): readonly Link[] =>
    (
      [
        ['docx', 'Word'],
        ['pdf', 'PDF'],
        ['xlsx', 'Excel'],
        ['csv', 'CSV'],
      ] as const
    ).map(([format, text]) => ({ text, href: evidenceFilePath(occupation.reference, format, whole) }));
  return page(
    recordView,
    {
      organisation: found.organisation,
      title: occupation.title,
      reference: occupation.reference,
      summary: summaryOf(found),
      policy: policyWords(policy),
      isMeasured: missing !== null,
      measureHref: measurePath,
      findings: (missing?.findings ?? []).map((one) => ({ words: findingWords(one), met: one.missing === 0 })),
      notes: notesOf(found),
      spread: {
        sizes: sizes.map((one) => sizeTitle(one).split(':')[0] ?? one),
        rows: spreadFor(found),
      },
      old: missing?.tooOld.length ?? 0,
      countings: record.items.length === 0 ? [] : countingsFor(record.items),
      items: record.items.map((one) => ({
        id: `${one.kind}-${one.id}`,
        employer: one.employer.name,
        employerHref: employerPath(one.employer.id),
        kind: kindWords[one.kind],
        title: one.title,
        when: `${day(one.on)}, ${ageWords(one.ageMonths)}`,
        tooOld: missing?.tooOld.includes(one) ?? false,
        facts: [
          one.employer.region ?? 'region not known',
          one.employer.size === null ? 'size not known' : `${one.employer.size} employer`,
          one.employer.sector === null ? 'sector not known' : sectorTitle(sectors, one.employer.sector),
        ].join(' · '),
        confidential: one.confidential,
        parts: one.parts,
        link: linkOf(one),
      })),
      whole: files(true),
      others: files(false),
      newLetterHref: newLetterPath,
    },
    { title: `Evidence: ${occupation.title}`, crumbs: evidenceCrumbs },
  );
};

const types = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const;

const write = (
  ctx: Context,
  from: EvidenceToWrite,
  reader: EvidenceReader,
  format: keyof typeof types,
): Promise<Uint8Array> | Uint8Array => {
  switch (format) {
    case 'csv':
      return evidenceCsv(from, reader);
    case 'xlsx':
      return evidenceXlsx(from, reader);
    default:
      return evidenceFile(ctx, from, reader, format);
  }
};

const fileRoute = (format: keyof typeof types): Route => ({
  method: 'GET',
  path: `/employers/evidence/:standard/record.${format}`,
  access: keepEmployers,
  audit: `employers.evidence-${format}`,
  perMinute: 30,
  handle: async (request, ctx) => {
    const from = await asked(request, ctx);
    const reader: EvidenceReader = request.query.get('for') === 'others' ? 'others' : 'members';
    return {
      kind: 'file',
      name: `evidence-${from.occupation.reference.toLowerCase()}${reader === 'others' ? '-for-others' : ''}.${format}`,
      type: types[format],
      body: await write(ctx, from, reader, format),
    };
  },
});

export const recordRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/employers/evidence/:standard',
    access: keepEmployers,
    audit: 'employers.evidence-record',
    handle: showRecord,
  },
  ...(['docx', 'pdf', 'xlsx', 'csv'] as const).map(fileRoute),
];
