/**
 * Suggests themes for a text from texts that people have coded: naive Bayes for each theme on its own, over the words that a
 * text has. `docs/algorithms/theme-suggestions.md` tells it in prose first.
 */

export type CodedText = { readonly text: string; readonly themes: readonly string[] };

export type Suggestion = {
  readonly theme: string;
  /** Natural logarithm of the odds that the theme fits. */
  readonly logOdds: number;
  /** The words that speak for it most, the strongest first. */
  readonly words: readonly string[];
};

export type ThemeModel = {
  readonly texts: number;
  /** Each with its log odds before a word is read. */
  readonly themes: readonly { readonly id: string; readonly start: number }[];
  /** What a word adds to the log odds of each theme, in their order. */
  readonly weights: ReadonlyMap<string, readonly number[]>;
};

/** Texts with a theme before it is suggested: fewer teach chance. */
export const leastTexts = 3;

/** Added to each count, so that a word that was seen once proves nothing (Laplace). */
const smoothing = 0.5;

/** Words that say nothing about a subject. */
const silent = new Set(
  'about after again all also and any are because been before being between both but can cannot could did does doing done down during each few for from had has have having her here him his how into its itself just like made make many more most much must need needs not now off once one only other our ours out over own per same she should some such than that the their them then there these they this those through too under until very was way well were what when where which while who whom why will with would you your'.split(
    ' ',
  ),
);

/** A rough stem: endings of plurals and of the forms of verbs go. One that is wrong is wrong everywhere, and does no harm. */
const stemOf = (word: string): string => {
  if (word.length > 5 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 6 && word.endsWith('ing')) return word.slice(0, -3);
  if (word.length > 5 && word.endsWith('ed')) return word.slice(0, -2);
  if (word.length > 4 && word.endsWith('es')) return word.slice(0, -2);
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
};

/** The different words of a text, each with how it was written first. */
export const wordsOf = (text: string): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const word of text.toLowerCase().match(/\p{L}{3,30}/gu) ?? []) {
    if (silent.has(word)) continue;
    const stem = stemOf(word);
    if (!found.has(stem)) found.set(stem, word);
  }
  return found;
};

export const learnThemes = (coded: readonly CodedText[], themes: readonly string[]): ThemeModel => {
  const seen = new Map<string, Map<string, number>>();
  const inAll = new Map<string, number>();
  const count = new Map<string, number>();
  for (const { text, themes: of } of coded) {
    const words = [...wordsOf(text).keys()];
    for (const word of words) inAll.set(word, (inAll.get(word) ?? 0) + 1);
    for (const theme of of) {
      count.set(theme, (count.get(theme) ?? 0) + 1);
      const here = seen.get(theme) ?? new Map<string, number>();
      for (const word of words) here.set(word, (here.get(word) ?? 0) + 1);
      seen.set(theme, here);
    }
  }
  const taught = themes.filter((theme) => (count.get(theme) ?? 0) >= leastTexts);
  const weightOf = (theme: string, word: string, all: number): number => {
    const within = count.get(theme) ?? 0;
    const here = seen.get(theme)?.get(word) ?? 0;
    const shareWithin = (here + smoothing) / (within + 2 * smoothing);
    const shareWithout = (all - here + smoothing) / (coded.length - within + 2 * smoothing);
    return Math.log(shareWithin / shareWithout);
  };
  return {
    texts: coded.length,
    themes: taught.map((id) => {
      const within = count.get(id) ?? 0;
      return { id, start: Math.log((within + smoothing) / (coded.length - within + smoothing)) };
    }),
    weights: new Map([...inAll].map(([word, all]) => [word, taught.map((theme) => weightOf(theme, word, all))])),
  };
};

/** Themes that more likely fit than not, the likeliest first. */
export const suggestThemes = (model: ThemeModel, text: string, most = 3): readonly Suggestion[] => {
  // Words that nobody has coded say nothing.
  const known = [...wordsOf(text)].flatMap(([stem, word]) => {
    const weights = model.weights.get(stem);
    return weights ? [{ word, weights }] : [];
  });
  return model.themes
    .map(({ id, start }, at) => ({
      at,
      theme: id,
      logOdds: known.reduce((odds, { weights }) => odds + (weights[at] ?? 0), start),
    }))
    .filter((one) => one.logOdds > 0)
    .toSorted((one, other) => other.logOdds - one.logOdds)
    .slice(0, most)
    .map(({ at, theme, logOdds }) => ({
      theme,
      logOdds,
      words: known
        .map(({ word, weights }) => ({ word, weight: weights[at] ?? 0 }))
        .filter((one) => one.weight > 0)
        .toSorted((one, other) => other.weight - one.weight)
        .slice(0, 3)
        .map((one) => one.word),
    }));
};
