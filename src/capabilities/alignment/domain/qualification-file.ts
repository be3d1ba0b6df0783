import { z } from 'zod';

/**
 * The shape of a qualification file, as `docs/qualification-file.md` explains it to authors. Strict: a key that is not
 * known is an error, since a misspelt rule would otherwise be a rule that does not hold.
 */

const wholeNumber = z.int();
const text = z.string();
const codes = z.array(text);

const bounds = z.strictObject({ min: wholeNumber.optional(), max: wholeNumber.optional() });

/** KSB codes by the reference of the standard they belong to. */
export const coverageShape = z.record(text, codes);

/**
 * Most of a file is these lists, so what is in order is seen in one pass over them; `shape-problems.ts` asks
 * `coverageShape` what is wrong with the others.
 */
const coverage = z.custom<z.infer<typeof coverageShape>>((value) => {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  for (const reference in value) {
    const list: unknown = value[reference as keyof typeof value];
    if (!Array.isArray(list)) return false;
    for (let index = 0; index < list.length; index += 1) if (typeof list[index] !== 'string') return false;
  }
  return true;
});

const setAside = z.strictObject({ ksb: text, reason: text, acceptedBy: text.optional() });

const claim = z.strictObject({
  id: text.optional(),
  standard: text,
  version: text,
  option: text.optional(),
  exclude: z.array(setAside).optional(),
  partly: z.array(setAside).optional(),
});

const outcome = z.strictObject({ code: text, text, covers: coverage.optional(), partly: coverage.optional() });

const unit = z.strictObject({
  code: text,
  title: text,
  level: wholeNumber.optional(),
  credits: wholeNumber.optional(),
  glh: wholeNumber.optional(),
  outcomes: z.array(outcome).optional(),
  covers: coverage.optional(),
  partly: coverage.optional(),
});

const choice = z.strictObject({
  name: text.optional(),
  from: codes,
  units: bounds.optional(),
  credits: bounds.optional(),
});

const pathway = z.strictObject({
  name: text,
  mandatory: codes.optional(),
  choose: z.array(choice).optional(),
  occupations: codes.optional(),
});

const rules = z.strictObject({
  mandatory: codes.optional(),
  choose: z.array(choice).optional(),
  pathways: z.array(pathway).optional(),
  credits: bounds.optional(),
  levels: z.array(z.strictObject({ level: wholeNumber, credits: bounds })).optional(),
  barred: z.array(codes).optional(),
  requires: z.array(z.strictObject({ unit: text, needs: codes })).optional(),
});

export const qualificationShape = z.strictObject({
  title: text,
  awardingOrganisation: text,
  level: z.union([z.literal(4), z.literal(5)]),
  guarantee: z.enum(['any', 'each']).optional(),
  occupations: z.array(claim),
  units: z.array(unit),
  rules: rules.optional(),
});

/** What one provider really runs: the optional units and pathways it offers, and every mandatory unit. */
export const offerShape = z.strictObject({
  title: text.optional(),
  units: codes,
  pathways: codes.optional(),
});

export type Qualification = z.infer<typeof qualificationShape>;
export type Claim = z.infer<typeof claim>;
export type SetAside = z.infer<typeof setAside>;
export type Unit = z.infer<typeof unit>;
export type Outcome = z.infer<typeof outcome>;
export type Choice = z.infer<typeof choice>;
export type PathwayRules = z.infer<typeof pathway>;
export type Rules = z.infer<typeof rules>;
export type FileBounds = z.infer<typeof bounds>;
export type Coverage = z.infer<typeof coverage>;
export type Offer = z.infer<typeof offerShape>;

/** The claim's own name, by default its standard's reference. */
export const claimId = (one: { readonly id?: string | undefined; readonly standard: string }): string =>
  one.id ?? one.standard;
