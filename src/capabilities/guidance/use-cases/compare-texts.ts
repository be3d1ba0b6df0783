import { diffWords } from 'diff';
import type { Run } from '../domain/text-changes.ts';

/** Two texts compared word by word; runs in the order in which a reader meets them. */
export const compareTexts = (before: string, after: string): readonly Run[] =>
  diffWords(before, after).map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }));
