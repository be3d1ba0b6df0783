import { asMarkdownText, tableAsMarkdown } from './pdf-structure.ts';

/** Words of an untagged page: where they stand and how tall they are, in points; `y` grows upwards. */
export type PdfText = {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
};

type Line = { readonly y: number; readonly size: number; readonly cells: readonly string[] };

/** Two words stand in different cells when more than so many of their heights lie between them. */
const cellGap = 1.8;
/** A line is a heading from so many times the usual height of letters on. */
const headingSize = 1.15;
/** A paragraph ends where the next line is more than so many heights below. */
const paragraphGap = 1.9;
const bullet = /^[•‣◦▪●·–-]\s+/;

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

/** Words whose feet stand at one height are a line, from left to right. */
const linesOf = (texts: readonly PdfText[]): readonly Line[] => {
  const rows: PdfText[][] = [];
  for (const text of texts.toSorted((a, b) => b.y - a.y)) {
    const row = rows.at(-1);
    if (row?.[0] && Math.abs(row[0].y - text.y) < Math.max(row[0].size, text.size) * 0.5) row.push(text);
    else rows.push([text]);
  }
  return rows.map((row) => {
    const sorted = row.toSorted((a, b) => a.x - b.x);
    const cells: string[] = [];
    let end = Number.NEGATIVE_INFINITY;
    for (const one of sorted) {
      const gap = one.x - end;
      if (cells.length === 0 || gap > cellGap * one.size) cells.push(one.text);
      else cells.push(`${cells.pop()}${gap > 0.15 * one.size ? ' ' : ''}${one.text}`);
      end = one.x + one.width;
    }
    return { y: sorted[0]?.y ?? 0, size: Math.max(...sorted.map((one) => one.size)), cells };
  });
};

/** The lines of an untagged page as Markdown: large lines are headings, lines of equally many cells a table. */
export const linesAsMarkdown = (texts: readonly PdfText[]): string => {
  const lines = linesOf(texts);
  const usual = median(texts.map((one) => one.size));
  const blocks: string[] = [];
  let open: { readonly kind: 'text' | 'item' | 'heading'; words: string } | null = null;
  const close = () => {
    if (open)
      blocks.push(
        open.kind === 'heading'
          ? `## ${asMarkdownText(open.words)}`
          : open.kind === 'item'
            ? `- ${asMarkdownText(open.words)}`
            : asMarkdownText(open.words),
      );
    open = null;
  };
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (!line) break;
    let end = index;
    while (line.cells.length > 1 && lines[end + 1]?.cells.length === line.cells.length) end += 1;
    if (end > index) {
      close();
      blocks.push(tableAsMarkdown(lines.slice(index, end + 1).map((one) => one.cells)));
      index = end;
      continue;
    }
    const words = line.cells.join(' ').trim();
    const kind = line.size > usual * headingSize ? 'heading' : bullet.test(words) ? 'item' : 'text';
    const above = lines[index - 1];
    const far = !above || above.y - line.y > paragraphGap * line.size;
    const goesOn: boolean =
      open !== null &&
      !far &&
      kind !== 'item' &&
      (kind === (open as { kind: string }).kind || (open as { kind: string }).kind === 'item');
    if (goesOn && open) (open as { words: string }).words += ` ${words}`;
    else {
      close();
      open = { kind, words: kind === 'item' ? words.replace(bullet, '') : words };
    }
  }
  close();
  // Items that follow each other are one list.
  return blocks.reduce(
    (all, one, index) =>
      all + (index === 0 ? '' : one.startsWith('- ') && blocks[index - 1]?.startsWith('- ') ? '\n' : '\n\n') + one,
    '',
  );
};
