export type KnownOccupation = { readonly reference: string; readonly title: string };

/** Words of a text that name an occupation, and whether the register or the standards know it. */
export type NamedOccupation = { readonly at: number; readonly length: number; readonly title: string };

const code = /\bST\d{4}\b/g;
/** What follows a claim: "is an HTQ for site managers and lawyers". */
const claimedFor =
  /\b(?:HTQs?|Higher Technical Qualifications?)\)?\s+(?:that\s+is\s+)?(?:approved\s+)?for\s+([^.;:!?()]+)|\bapproved\s+(?:as\s+an?\s+(?:HTQ|Higher Technical Qualification)\s+)?for\s+([^.;:!?()]+)/giu;
/** Ends of words by which English calls people by what they do. */
const doer = /(?:er|or|ist|ian|man|woman|yst|ect|nurse|lawyer|assistant|accountant|consultant|chef|engineer)s?$/iu;
/** People that a course is for, and no occupation. */
const learners =
  /\b(?:learner|career changer|employer|beginner|school leaver|starter|newcomer|worker|teenager|entrant|other|another|number|year|september|october|november|december|ever|further|higher|later|power|computer|summer|winter)s?$/iu;

/**
 * Occupations that a text names and the approval does not hold for: by a title that the register or the standards know (the longest
 * counts, so that none is found inside another), by the standard's reference, and by what stands after the claim.
 *
 * @param isClaim whether the text itself makes the claim: only then are unknown occupations looked for.
 */
export const occupationsNotApproved = (
  text: string,
  approved: readonly KnownOccupation[],
  occupations: readonly KnownOccupation[],
  isClaim: boolean,
): readonly NamedOccupation[] => {
  const approvedTitles = new Set(approved.map((one) => one.title.toLowerCase()));
  const approvedCodes = new Set(approved.map((one) => one.reference));
  const found: NamedOccupation[] = [];
  const told = new Set<string>();
  let left = text;
  let lower = text.toLowerCase();
  // Taken out, at the same length, so that a shorter title inside it is not found too.
  const take = (at: number, length: number): void => {
    left = left.slice(0, at) + ' '.repeat(length) + left.slice(at + length);
    lower = lower.slice(0, at) + ' '.repeat(length) + lower.slice(at + length);
  };
  // A title of one word, such as Chef, is an ordinary word unless it stands after the claim.
  const isTitle = (words: string): boolean =>
    occupations.some(({ title }) => title.toLowerCase() === words.toLowerCase());
  const all = [...approved, ...occupations.filter(({ title }) => title.includes(' '))].toSorted(
    (one, other) => other.title.length - one.title.length,
  );
  for (const { reference, title } of all) {
    const at = lower.indexOf(title.toLowerCase());
    if (at < 0 || !isWholeWords(left, at, title.length)) continue;
    take(at, title.length);
    if (approvedTitles.has(title.toLowerCase())) continue;
    told.add(reference);
    found.push({ at, length: title.length, title });
  }
  for (const { 0: reference, index } of text.matchAll(code)) {
    if (approvedCodes.has(reference) || told.has(reference)) continue;
    told.add(reference);
    found.push({ at: index, length: reference.length, title: reference });
  }
  if (isClaim)
    for (const claim of left.matchAll(claimedFor)) {
      const words = claim[1] ?? claim[2] ?? '';
      let from = claim.index + claim[0].length - words.length;
      for (const part of words.split(/(,|\band\b|\bor\b)/i)) {
        const title = part.trim().replace(/^(?:the|an?|occupations? of|role of)\s+/i, '');
        if (/\p{L}{3}/u.test(title) && ((doer.test(title) && !learners.test(title)) || isTitle(title)))
          found.push({ at: from + part.indexOf(title), length: title.length, title });
        from += part.length;
      }
    }
  return found.toSorted((one, other) => one.at - other.at);
};

/** A plural ends a title too: "network technicians". */
const isWholeWords = (text: string, at: number, length: number): boolean =>
  !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '') && /^s?(?![\p{L}\p{N}])/u.test(text.slice(at + length));
