/** Examples that an editor puts together, with a title and words. */
export type Collection = {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly words: string;
  readonly revision: number;
  readonly changedAt: Date;
  /** `null`: editors alone see it. */
  readonly publishedAt: Date | null;
  /** Ids of its examples in their order; some may have left readers since. */
  readonly examples: readonly string[];
};

/** Characters of a collection's title, and of its words. */
export const longestTitle = 120;
export const longestWords = 4000;
/** Examples of one collection: more is a theme. */
export const mostExamples = 30;

/** The order with one of them a place further up. */
export const movedUp = (examples: readonly string[], id: string): readonly string[] => {
  const at = examples.indexOf(id);
  if (at < 1) return examples;
  return examples.with(at, examples[at - 1] ?? id).with(at - 1, id);
};
