import type { Difference } from '../domain/plan-import.ts';
import type { RegisterImport } from './import-register.ts';

/** What a difference is called, on a terminal and on a page. */
export const differenceWords: Readonly<Record<Difference['kind'], string>> = {
  added: 'new',
  changed: 'changed',
  removed: 'ends',
  withdrawn: 'withdrawn',
};

/** `3 new, 1 changed, …`. */
export const outcomeWords = ({ differences, same }: Pick<RegisterImport, 'differences' | 'same'>): string => {
  const count = (kind: Difference['kind']) => differences.filter((one) => one.kind === kind).length;
  return `${count('added')} new, ${count('changed')} changed, ${count('withdrawn')} withdrawn, ${count('removed')} that ${count('removed') === 1 ? 'ends' : 'end'}, ${same} the same.`;
};

export const unmatchedWords = (count: number): string =>
  count === 1 ? '1 row matches nothing by itself' : `${count} rows match nothing by themselves`;
