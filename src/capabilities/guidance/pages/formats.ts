import { formatPath } from '../paths.ts';

export type FormatShown = { readonly href: string; readonly text: string };

const names = { pdf: 'PDF', docx: 'Word document' } as const;

/** "34 KB" */
export const sizeWords = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

export const formatsShown = (
  subject: string,
  made: readonly { readonly format: 'pdf' | 'docx'; readonly size: number }[],
): readonly FormatShown[] =>
  made.map((one) => ({
    href: formatPath(subject, one.format),
    text: `${names[one.format]} (${sizeWords(one.size)}${one.format === 'pdf' ? ', tagged for screen readers' : ''})`,
  }));
