import { sizeWords } from '#web/words.ts';
import { formatPath } from '../paths.ts';

export type FormatShown = { readonly href: string; readonly text: string };

const names = { pdf: 'PDF', docx: 'Word document' } as const;

export const formatsShown = (
  subject: string,
  made: readonly { readonly format: 'pdf' | 'docx'; readonly size: number }[],
): readonly FormatShown[] =>
  made.map((one) => ({
    href: formatPath(subject, one.format),
    text: `${names[one.format]} (${sizeWords(one.size)}${one.format === 'pdf' ? ', tagged for screen readers' : ''})`,
  }));
