import { markdownOutline } from '#platform/documents/markdown-outline.ts';

/** The words of each section by the address of its heading; what belongs to a section of a section belongs to both. */
const sectionsOf = (body: string): ReadonlyMap<string, string> => {
  const { headings } = markdownOutline(body);
  const lines = body.split('\n');
  return new Map(
    headings.map((heading, index) => {
      const next = headings.slice(index + 1).find((one) => one.level <= heading.level);
      return [
        heading.id,
        lines
          .slice(heading.line - 1, next ? next.line - 1 : undefined)
          .join('\n')
          .trim(),
      ];
    }),
  );
};

/** Sections whose words are not those of before, and those that are in one of the two alone. */
export const changedSections = (before: string, after: string): ReadonlySet<string> => {
  const [old, now] = [sectionsOf(before), sectionsOf(after)];
  return new Set([...old.keys(), ...now.keys()].filter((id) => old.get(id) !== now.get(id)));
};

/** The sections of a text that someone can be told of: their addresses and words. */
export const sectionsToFollow = (body: string): readonly { readonly id: string; readonly words: string }[] =>
  markdownOutline(body)
    .headings.filter((one) => one.level === 2)
    .map(({ id, words }) => ({ id, words }));
