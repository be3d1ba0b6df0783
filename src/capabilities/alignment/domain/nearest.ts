/** Edits (insert, remove, replace) between two short texts; Levenshtein 1966. */
const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1)
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1)),
      );
    row = next;
  }
  return row[other.length] ?? 0;
};

/** The known word that somebody probably meant, or `null` when none is near: at most a third of its letters differ. */
export const nearest = (given: string, known: Iterable<string>): string | null => {
  let best: string | null = null;
  let least = Math.max(1, Math.floor(given.length / 3)) + 1;
  for (const word of known) {
    if (Math.abs(word.length - given.length) >= least) continue;
    const away = word.toLowerCase() === given.toLowerCase() ? 0 : distance(given, word);
    if (away < least) {
      least = away;
      best = word;
    }
  }
  return best;
};
