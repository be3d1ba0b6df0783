import type { InputOrigin, InputProblem } from '../../use-cases/read-qualification-input.ts';

/** What the check page shows; `page.njk` has nothing else. */
export type CheckModel = {
  readonly templatePath: string;
  readonly examples: readonly { readonly title: string; readonly text: string; readonly href: string }[];
  readonly problemTitle: string;
  readonly problems: readonly { readonly place: string; readonly message: string; readonly target: string }[];
  /** The file's lines around its problems, where it is a text. */
  readonly lines: readonly (
    | { readonly gap: string; readonly number: null; readonly text: null; readonly problems: readonly string[] }
    | { readonly gap: null; readonly number: number; readonly text: string; readonly problems: readonly string[] }
  )[];
  readonly text: string;
  readonly fileError: string | null;
  readonly textError: string | null;
};

/** Lines of the file shown before and after each one that is wrong. */
const linesAround = 3;

/** The file's text as its author wrote it, where it is one. */
export const textOf = (origin: InputOrigin | null): string => (origin?.kind === 'json' ? origin.text : '');

export const problemLinks = (
  problems: readonly InputProblem[],
  hasLines: boolean,
  field: string,
): CheckModel['problems'] =>
  problems.map(({ file, place, line, message }) => ({
    place: [file, line === null ? '' : `line ${line}`, place].filter((part) => part !== '').join(', '),
    message,
    target: hasLines && line !== null ? `line-${line}` : field,
  }));

/** Long lines are cut: what is shown is for finding the place, the file itself is with its author. */
const longestLine = 400;

export const problemContext = (text: string, problems: readonly InputProblem[]): CheckModel['lines'] => {
  const byLine = new Map<number, string[]>();
  for (const { line, place, message } of problems)
    if (line !== null) byLine.set(line, [...(byLine.get(line) ?? []), place ? `${place}: ${message}` : message]);
  if (byLine.size === 0) return [];
  const lines = text.split(/\r?\n/);
  const shown = new Set<number>();
  for (const line of byLine.keys())
    for (let near = Math.max(1, line - linesAround); near <= Math.min(lines.length, line + linesAround); near += 1)
      shown.add(near);
  let last = 0;
  const context = [...shown]
    .sort((one, other) => one - other)
    .flatMap((number): CheckModel['lines'][number][] => {
      const gap = number - last - 1;
      last = number;
      const content = lines[number - 1] ?? '';
      const line = {
        gap: null,
        number,
        text: content.length > longestLine ? `${content.slice(0, longestLine)} …` : content,
        problems: byLine.get(number) ?? [],
      };
      return gap > 0 ? [gapOf(gap), line] : [line];
    });
  return last < lines.length ? [...context, gapOf(lines.length - last)] : context;
};

const gapOf = (count: number) => ({
  gap: `${count} ${count === 1 ? 'line' : 'lines'} without a problem`,
  number: null,
  text: null,
  problems: [],
});
