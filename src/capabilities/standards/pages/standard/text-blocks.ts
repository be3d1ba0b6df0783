/** A run of plain text as a page lays it out. */
export type TextBlock =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] };

const bullet = /^[•·]\s*/;

/** Plain text with line breaks, its lines that begin with a bullet made into lists. */
export const textBlocks = (text: string): readonly TextBlock[] => {
  const blocks: TextBlock[] = [];
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const last = blocks.at(-1);
    if (!bullet.test(line)) blocks.push({ kind: 'paragraph', text: line });
    else {
      const item = line.replace(bullet, '');
      if (last?.kind === 'list') blocks[blocks.length - 1] = { kind: 'list', items: [...last.items, item] };
      else blocks.push({ kind: 'list', items: [item] });
    }
  }
  return blocks;
};
