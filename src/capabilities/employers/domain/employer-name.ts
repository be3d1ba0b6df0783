/** Endings and beginnings that companies have or leave out: the same employer with them and without. */
const legalWords = new Set(['ltd', 'limited', 'plc', 'llp', 'cic', 'inc', 'the', 'co', 'company', 'group', 'uk']);

const words = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('&', ' and ')
    .replaceAll(/[’'.]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/**
 * A name as names are compared: small letters, no accents or signs, "&" as "and", and without Ltd, plc, Group and the like, since
 * people leave them out. A name of nothing else keeps all its words.
 */
export const comparedName = (name: string): string => {
  const all = words(name);
  const telling = all.filter((word) => !legalWords.has(word));
  return (telling.length > 0 ? telling : all).join(' ');
};

/** What there may be once in an organisation's list: a name in a town. */
export const employerKey = (one: { readonly name: string; readonly town: string }): string =>
  `${comparedName(one.name)} @ ${words(one.town).join(' ')}`;
