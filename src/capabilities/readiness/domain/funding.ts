import { z } from 'zod';

/** `data/funding-rules.json` */
export const fundingRulesFile = z.object({
  routes: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      from: z.iso.date(),
      until: z.iso.date().nullable(),
      needs: z.array(z.object({ question: z.string(), why: z.string() })),
      source: z.string(),
      /** Where the source can be read, as far as its address is known. */
      sourceHref: z.url().optional(),
    }),
  ),
  questions: z.array(z.object({ id: z.string(), text: z.string() })),
});

export type FundingRules = z.infer<typeof fundingRulesFile>;
export type Answers = Readonly<Record<string, 'yes' | 'no' | 'not-known'>>;

export type FundingAnswer = {
  readonly title: string;
  readonly answer: 'yes' | 'no' | 'not-known';
  /** Why, each a sentence. */
  readonly reasons: readonly string[];
  readonly source: string;
};

/**
 * Whether learners who begin on a day could be funded, way by way, with the reason.
 *
 * @param day ISO date of first teach.
 */
export const fundingAnswers = (
  rules: FundingRules,
  day: string,
  answers: Answers,
  dayWords: (day: string) => string,
): readonly FundingAnswer[] =>
  rules.routes.map((route) => {
    const { title, source } = route;
    if (day < route.from)
      return { title, source, answer: 'no', reasons: [`It pays for study from ${dayWords(route.from)} on`] };
    if (route.until !== null && day > route.until)
      return { title, source, answer: 'no', reasons: [`It paid for study until ${dayWords(route.until)}`] };
    const missing = route.needs.filter((need) => answers[need.question] === 'no');
    const open = route.needs.filter((need) => (answers[need.question] ?? 'not-known') === 'not-known');
    if (missing.length > 0) return { title, source, answer: 'no', reasons: missing.map((need) => need.why) };
    if (open.length > 0) return { title, source, answer: 'not-known', reasons: open.map((need) => need.why) };
    return { title, source, answer: 'yes', reasons: route.needs.map((need) => need.why) };
  });

export type Money = {
  /** Pounds: what each learner brings in a year, and costs beyond the fixed part. */
  readonly feeEach: number;
  readonly costEach: number;
  /** Pounds a year, however many learners come. */
  readonly fixedCost: number;
};

export type BreakEven =
  | { readonly kind: 'from'; readonly learners: number }
  /** Each learner costs more than they bring. */
  | { readonly kind: 'never' };

export const breakEven = ({ feeEach, costEach, fixedCost }: Money): BreakEven =>
  feeEach > costEach
    ? { kind: 'from', learners: Math.ceil((fixedCost / (feeEach - costEach)) * (1 - 1e-12)) }
    : { kind: fixedCost === 0 && feeEach === costEach ? 'from' : 'never', learners: 0 };

export const surplus = ({ feeEach, costEach, fixedCost }: Money, learners: number): number =>
  Math.round((learners * (feeEach - costEach) - fixedCost) * 100) / 100;
