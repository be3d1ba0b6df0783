import { z } from 'zod';
import { type Problem, pathWords } from '#kernel/problem.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { plainText } from '#platform/documents/plain-text.ts';
import type { Duty, Ksb, KsbKind, OccupationalStandard, StandardOption } from '../domain/occupational-standard.ts';

/** Keys of the feed's records that hold the names and addresses of people: never stored. */
const personalKeys = ['tbMainContact', 'eQAProvider'];

/** The record less the keys that name people. */
export const withoutPersonalData = (raw: unknown): unknown => {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return raw;
  return Object.fromEntries(Object.entries(raw).filter(([key]) => !personalKeys.includes(key)));
};

/** Text, or a number where text was meant; empty text counts as missing. */
const words = z.union([z.string(), z.number().transform(String)]).transform(plainText);
const optionalWords = words.nullish().transform((text) => text || null);
/** The feed writes some numbers as strings. What is no number counts as missing. */
const optionalNumber = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((given) => (given === null || given === undefined || given === '' ? null : Number(given)))
  .transform((number) => (number !== null && Number.isFinite(number) ? number : null));
const flag = z
  .union([z.boolean(), z.number(), z.string()])
  .nullish()
  .transform((given) => given === true || given === 1 || given === '1' || given === 'true');
/** The day of `2021-06-01T00:00:00` and its like. */
const optionalDay = z
  .string()
  .nullish()
  .transform((given) => /^\d{4}-\d{2}-\d{2}/.exec(given ?? '')?.[0] ?? null);
const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((list) => list ?? []);
const ids = listOf(
  z
    .string()
    .nullish()
    .transform((id) => id ?? ''),
);

const item = z.object({
  knowledgeId: z.string().nullish(),
  skillId: z.string().nullish(),
  behaviourId: z.string().nullish(),
  id: z.string().nullish(),
  detail: words.nullish().transform((text) => text ?? ''),
});

const shape = z.object({
  referenceNumber: words,
  versionNumber: words.nullish(),
  version: words.nullish(),
  title: words,
  level: optionalNumber,
  route: optionalWords,
  pathway: optionalWords,
  cluster: optionalWords,
  status: optionalWords,
  coreAndOptions: flag,
  options: listOf(z.object({ optionId: z.string(), title: words })),
  knowledges: listOf(item),
  skills: listOf(item),
  behaviours: listOf(item),
  // Foundation apprenticeships and apprenticeship units name their lists otherwise.
  technicalKnowledges: listOf(item),
  technicalSkills: listOf(item),
  employabilitySkillsAndBehaviours: listOf(item),
  duties: listOf(
    z.object({
      dutyID: z.string().nullish(),
      dutyDetail: words.nullish().transform((text) => text ?? ''),
      isThisACoreDuty: flag,
      mappedKnowledge: ids,
      mappedSkills: ids,
      mappedBehaviour: ids,
      mappedOptions: ids,
    }),
  ),
  overviewOfRole: optionalWords,
  occupationalSummary: optionalWords,
  typicalDuration: optionalNumber,
  typicalJobTitles: listOf(words),
  keywords: listOf(words),
  larsCode: optionalNumber,
  standardPageUrl: z.string().nullish(),
  approvedForDelivery: optionalDay,
  lastUpdated: optionalDay,
  earliestStartDate: optionalDay,
  latestStartDate: optionalDay,
  latestEndDate: optionalDay,
});

type Shape = z.infer<typeof shape>;
type Item = z.infer<typeof item>;

/** References have letters and a number: ST0127, and other prefixes for newer kinds of products. */
const referencePattern = /^[A-Z]{2,4}\d{3,5}[A-Z]?$/;

/**
 * Reads one record of the Skills England standards API, or of its older shapes.
 *
 * Soft where the feed is odd (a missing list, a number in a string, a mapping to a deleted KSB), firm on what a
 * standard cannot be without: a reference, a version, a title and lists that are lists.
 *
 * @returns the standard, or every problem with its path in the record.
 */
export const readStandard = (raw: unknown): Result<OccupationalStandard, readonly Problem[]> => {
  const parsed = shape.safeParse(raw);
  if (!parsed.success)
    return refused(
      parsed.error.issues.map((issue) => ({ path: pathWords(issue.path), message: lowerFirst(issue.message) })),
    );
  const record = parsed.data;
  const reference = record.referenceNumber.toUpperCase();
  const version = record.versionNumber || record.version || '';
  const problems: Problem[] = [];
  if (!referencePattern.test(reference))
    problems.push({ path: 'referenceNumber', message: `found "${reference}", expected a reference such as ST0127` });
  if (version === '') problems.push({ path: 'versionNumber', message: 'there is no version number' });
  if (record.title === '') problems.push({ path: 'title', message: 'there is no title' });
  return problems.length > 0 ? refused(problems) : ok(asStandard(record, reference, version));
};

const lowerFirst = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;

const firstFilled = (list: readonly Item[], other: readonly Item[]): readonly Item[] =>
  list.length > 0 ? list : other;

const asStandard = (record: Shape, reference: string, version: string): OccupationalStandard => {
  const options = record.options.map((option): StandardOption => ({ id: option.optionId, title: option.title }));
  const listed = new Set(options.map((option) => option.id));
  const kinds: readonly (readonly [KsbKind, string, readonly Item[]])[] = [
    ['knowledge', 'K', firstFilled(record.knowledges, record.technicalKnowledges)],
    ['skill', 'S', firstFilled(record.skills, record.technicalSkills)],
    ['behaviour', 'B', firstFilled(record.behaviours, record.employabilitySkillsAndBehaviours)],
  ];
  const bare = kinds.flatMap(([kind, letter, items]) =>
    items.map((one, index) => ({
      kind,
      code: `${letter}${index + 1}`,
      id: one.knowledgeId ?? one.skillId ?? one.behaviourId ?? one.id ?? '',
      text: one.detail,
    })),
  );
  const duties = record.duties.map((duty, index): Duty => {
    const mapped: Readonly<Record<KsbKind, ReadonlySet<string>>> = {
      knowledge: new Set(duty.mappedKnowledge),
      skill: new Set(duty.mappedSkills),
      behaviour: new Set(duty.mappedBehaviour),
    };
    return {
      code: `D${index + 1}`,
      id: duty.dutyID ?? '',
      text: duty.dutyDetail,
      core: duty.isThisACoreDuty,
      ksbs: bare.filter((ksb) => ksb.id !== '' && mapped[ksb.kind].has(ksb.id)).map((ksb) => ksb.code),
      options: [...new Set(duty.mappedOptions)].filter((id) => listed.has(id)),
    };
  });
  return {
    reference,
    version,
    title: record.title,
    level: record.level,
    route: record.route,
    occupationalPathway: record.pathway,
    cluster: record.cluster,
    status: record.status,
    coreAndOptions: record.coreAndOptions || options.length > 0,
    options,
    ksbs: withScope(bare, duties, options),
    duties,
    overview: record.overviewOfRole ?? '',
    summary: record.occupationalSummary ?? '',
    typicalDurationMonths: record.typicalDuration,
    typicalJobTitles: record.typicalJobTitles.filter((title) => title !== ''),
    keywords: record.keywords.filter((word) => word !== ''),
    larsCode: record.larsCode,
    pageUrl: /^https?:\/\//.test(record.standardPageUrl ?? '') ? (record.standardPageUrl ?? null) : null,
    approvedForDelivery: record.approvedForDelivery,
    lastUpdated: record.lastUpdated,
    earliestStartDate: record.earliestStartDate,
    latestStartDate: record.latestStartDate,
    latestEndDate: record.latestEndDate,
  };
};

/**
 * Which KSBs belong to the core and which to options. Without options: all to the core. With them, a KSB belongs to
 * the core when no duty maps to it, or when a duty that does is a core duty or names no listed option; it belongs to
 * the options that the duties mapping to it name. (The feed's own model: `isThisACoreDuty`, `mappedOptions`.)
 */
const withScope = (
  bare: readonly Omit<Ksb, 'core' | 'options'>[],
  duties: readonly Duty[],
  options: readonly StandardOption[],
): readonly Ksb[] => {
  if (options.length === 0) return bare.map((ksb) => ({ ...ksb, core: true, options: [] }));
  return bare.map((ksb) => {
    const mapping = duties.filter((duty) => duty.ksbs.includes(ksb.code));
    const named = new Set(mapping.flatMap((duty) => duty.options));
    return {
      ...ksb,
      core: mapping.length === 0 || mapping.some((duty) => duty.core || duty.options.length === 0),
      options: options.map((option) => option.id).filter((id) => named.has(id)),
    };
  });
};
