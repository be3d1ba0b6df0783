import { z } from 'zod';

const day = z.iso.date();
const dated = { from: day, until: day.nullable(), source: z.string() };
const colour = z.string().regex(/^#[0-9a-f]{6}$/);

const scheme = z.object({
  id: z.enum(['light', 'dark', 'single']),
  title: z.string(),
  use: z.string(),
  /** Of the emblem. */
  ink: colour,
  text: colour,
  ground: colour,
});
export type Scheme = z.infer<typeof scheme>;
export type SchemeId = Scheme['id'];

/** The one that pages, snippets and credentials show: no artwork is taken without it. */
export const mainScheme: SchemeId = 'light';

const titleRule = z.object({
  ...dated,
  words: z.array(z.string()),
  rule: z.string(),
  listing: z.object({ suffix: z.string(), where: z.string(), rule: z.string() }),
});
export type TitleRule = z.infer<typeof titleRule>;

const firstTeachRule = z.object({ ...dated, rule: z.string() });
const terms = z.object({ ...dated, version: z.string(), points: z.array(z.string()).min(1) });
export type Terms = z.infer<typeof terms>;

/** How a mark is drawn and used: the placeholder's, or the official guideline's once it is loaded. */
export const guideline = z.object({
  name: z.string(),
  source: z.string(),
  /** Space that stays clear on each side, as a part of the mark's height. */
  clearSpace: z.number().min(0).max(2),
  /** Of the mark itself: its clear space comes on top. */
  minimumWidthPixels: z.number().int().min(16).max(2000),
  minimumWidthMillimetres: z.number().min(1).max(500),
  /** Pixels across, of the PNG files. */
  widths: z.array(z.number().int().min(16).max(4000)).min(1),
  schemes: z.array(scheme).min(1),
});
export type Guideline = z.infer<typeof guideline>;

/** The shape of data/quality-mark.json. */
export const markRulesFile = z.object({
  about: z.string(),
  licence: z.string(),
  checked: day,
  titleRules: z.array(titleRule).min(1),
  firstTeachRules: z.array(firstTeachRule).min(1),
  terms: z.array(terms).min(1),
  placeholder: guideline,
});

export type MarkRules = {
  readonly checked: string;
  readonly title: TitleRule;
  readonly firstTeach: { readonly rule: string; readonly source: string };
  readonly terms: Terms;
  readonly placeholder: Guideline;
};

/** What holds on a day; before the first rule, the first. @param on ISO date. */
export const rulesOn = (file: z.infer<typeof markRulesFile>, on: string): MarkRules => {
  const holding = <Rule extends { readonly from: string; readonly until: string | null }>(
    rules: readonly Rule[],
  ): Rule => {
    const sorted = rules.toSorted((one, other) => one.from.localeCompare(other.from));
    const found = sorted.findLast((one) => one.from <= on && (one.until === null || on <= one.until)) ?? sorted[0];
    if (!found) throw new Error('A list of rules is empty');
    return found;
  };
  return {
    checked: file.checked,
    title: holding(file.titleRules),
    firstTeach: holding(file.firstTeachRules),
    terms: holding(file.terms),
    placeholder: file.placeholder,
  };
};
