import { diffWords } from 'diff';

/** A run of words: in both texts, only in the later, or only in the earlier one. */
export type Run = { readonly kind: 'same' | 'added' | 'removed'; readonly text: string };

/** Two texts compared word by word; runs in the order in which a reader meets them. */
export const compareTexts = (before: string, after: string): readonly Run[] =>
  diffWords(before, after).map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }));

export type ChangeCounts = { readonly added: number; readonly removed: number };

const words = (text: string): number => text.split(/\s+/).filter(Boolean).length;

export const countChanges = (runs: readonly Run[]): ChangeCounts => ({
  added: runs.reduce((sum, run) => sum + (run.kind === 'added' ? words(run.text) : 0), 0),
  removed: runs.reduce((sum, run) => sum + (run.kind === 'removed' ? words(run.text) : 0), 0),
});

/** "12 words added, 3 removed". */
export const changeWords = ({ added, removed }: ChangeCounts): string => {
  if (added === 0 && removed === 0) return 'The words are the same.';
  const parts = [
    ...(added > 0 ? [`${added} ${added === 1 ? 'word' : 'words'} added`] : []),
    ...(removed > 0 ? [`${removed} ${added > 0 ? '' : removed === 1 ? 'word ' : 'words '}removed`] : []),
  ];
  return `${parts.join(', ')}.`;
};
