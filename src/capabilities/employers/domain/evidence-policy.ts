import { z } from 'zod';
import { countEmployers, type EvidenceItem, type EvidenceRecord, monthsLater } from './evidence.ts';

/** What a record of one occupation is measured against; `null`: that is not looked for. */
export const evidenceMeasure = z.object({
  /** Different employers. */
  employers: z.number().int().min(1).nullable(),
  /** Different employers who signed a letter. */
  letters: z.number().int().min(1).nullable(),
  /** Different regions that employers are from, and different sizes that they have. */
  regions: z.number().int().min(1).nullable(),
  sizes: z.number().int().min(1).nullable(),
  /** Months: what is older counts for none of the above. */
  ageMonths: z.number().int().min(1).nullable(),
});

export type EvidenceMeasure = z.infer<typeof evidenceMeasure>;

/** `data/evidence-policy.json`: what the approval asks of evidence, as far as that is public. */
export const evidencePolicyFile = z.object({
  about: z.string(),
  editions: z
    .array(
      z.object({
        /** The first day on which it holds. */
        from: z.iso.date(),
        checked: z.iso.date(),
        /** Whether records are measured against it. */
        on: z.boolean(),
        why: z.string(),
        measure: evidenceMeasure,
        source: z.string(),
      }),
    )
    .min(1),
});

export type EvidencePolicyEdition = z.infer<typeof evidencePolicyFile>['editions'][number];

/** Numbers that somebody wants to be measured against, from a day on. */
export type OwnMeasure = {
  readonly id: string;
  /** `null`: the whole instance's, set by an administrator. */
  readonly organisation: string | null;
  /** ISO day. */
  readonly from: string;
  readonly measure: EvidenceMeasure;
  /** Where the numbers come from, in words. */
  readonly source: string;
  readonly setAt: Date;
};

/** What holds on a day: the organisation's own numbers, else the instance's, else what is published. */
export type PolicyInForce =
  | { readonly kind: 'off'; readonly from: string; readonly why: string; readonly source: string }
  | {
      readonly kind: 'on';
      readonly whose: 'organisation' | 'instance' | 'published';
      readonly from: string;
      readonly source: string;
      readonly measure: EvidenceMeasure;
    };

/** The newest that holds on a day; of two from one day, the one that was set later. */
const newestOn = (all: readonly OwnMeasure[], day: string): OwnMeasure | undefined =>
  all
    .filter((one) => one.from <= day)
    .toSorted((one, other) => one.from.localeCompare(other.from) || one.setAt.getTime() - other.setAt.getTime())
    .at(-1);

const asksNothing = (measure: EvidenceMeasure): boolean => Object.values(measure).every((one) => one === null);

/** @param own of the organisation and of the instance. @param day ISO. */
export const policyOn = (
  editions: readonly EvidencePolicyEdition[],
  own: readonly OwnMeasure[],
  day: string,
): PolicyInForce => {
  for (const whose of ['organisation', 'instance'] as const) {
    const found = newestOn(
      own.filter((one) => (one.organisation === null) === (whose === 'instance')),
      day,
    );
    // Numbers that were all taken out again leave it to whoever comes next.
    if (found && !asksNothing(found.measure))
      return { kind: 'on', whose, from: found.from, source: found.source, measure: found.measure };
  }
  const published = editions
    .filter((one) => one.from <= day)
    .toSorted((one, other) => one.from.localeCompare(other.from))
    .at(-1);
  const edition = published ?? editions[0];
  if (!edition) throw new Error('The evidence policy has no edition');
  const { from, why, source, measure } = edition;
  return edition.on ? { kind: 'on', whose: 'published', from, source, measure } : { kind: 'off', from, why, source };
};

export type Asked = 'employers' | 'letters' | 'regions' | 'sizes';

export type Finding = {
  readonly what: Asked;
  readonly wanted: number;
  readonly have: number;
  /** 0: it is met. */
  readonly missing: number;
};

/** What a record lacks against a measure. */
export type Missing = {
  readonly findings: readonly Finding[];
  /** Items that count, and those that are too old to. */
  readonly counting: readonly EvidenceItem[];
  readonly tooOld: readonly EvidenceItem[];
  /** Items that will be too old soon, each with the last ISO day on which it counts. */
  readonly ageing: readonly { readonly item: EvidenceItem; readonly until: string }[];
  /** Letters that count and of which every part is held back: others see nothing of them. */
  readonly hidden: readonly EvidenceItem[];
  /** Employers with evidence that counts whose region or size is not known, so that they cannot count for it. */
  readonly unplaced: readonly {
    readonly id: string;
    readonly name: string;
    readonly what: readonly ('region' | 'size')[];
  }[];
};

/** Months before the end in which an item is told to be ageing: time enough to ask the employer again. */
const soonMonths = 3;

const differentOf = (items: readonly EvidenceItem[], what: 'region' | 'size'): number =>
  new Set(items.flatMap((one) => one.employer[what] ?? [])).size;

export const missingIn = (record: EvidenceRecord, measure: EvidenceMeasure): Missing => {
  const { ageMonths } = measure;
  const untilOf = (item: EvidenceItem): string | null => (ageMonths === null ? null : monthsLater(item.on, ageMonths));
  const counts = (item: EvidenceItem): boolean => (untilOf(item) ?? record.on) >= record.on;
  const items = record.items.filter(counts);
  const have: Readonly<Record<Asked, number>> = {
    employers: countEmployers(items),
    letters: countEmployers(items.filter((one) => one.kind === 'letter')),
    regions: differentOf(items, 'region'),
    sizes: differentOf(items, 'size'),
  };
  const soon = monthsLater(record.on, soonMonths);
  const employers = new Map(items.map((one) => [one.employer.id, one.employer]));
  return {
    findings: (['employers', 'letters', 'regions', 'sizes'] as const).flatMap((what) => {
      const wanted = measure[what];
      return wanted === null ? [] : [{ what, wanted, have: have[what], missing: Math.max(0, wanted - have[what]) }];
    }),
    counting: items,
    tooOld: record.items.filter((one) => !counts(one)),
    ageing: items.flatMap((item) => {
      const until = untilOf(item);
      return until !== null && until <= soon ? [{ item, until }] : [];
    }),
    hidden: items.filter((one) => one.kind === 'letter' && one.confidential),
    unplaced: [...employers.values()].flatMap((one) => {
      const what = [
        ...(measure.regions !== null && one.region === null ? (['region'] as const) : []),
        ...(measure.sizes !== null && one.size === null ? (['size'] as const) : []),
      ];
      return what.length > 0 ? [{ id: one.id, name: one.name, what }] : [];
    }),
  };
};
