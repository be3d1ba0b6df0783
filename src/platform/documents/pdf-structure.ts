/** A node of a tagged PDF's structure as PDF.js gives it: a role with children, or a piece of content by its id. */
export type StructureNode = {
  readonly role?: string;
  readonly type?: string;
  readonly id?: string;
  readonly alt?: string;
  readonly children?: readonly StructureNode[];
};

type Marked = ReadonlyMap<string, string>;

const joined = (words: string): string => words.replaceAll(/\s+/g, ' ').trim();

/** Roles that stand within a line (ISO 32000-1, 14.8.4.4): their words follow on without a gap. */
const inLine = new Set(['Span', 'Link', 'Reference', 'Em', 'Strong', 'Code', 'Quote', 'Sub']);

const wordsIn = (node: StructureNode, marked: Marked): string => {
  if (node.type === 'content') return marked.get(node.id ?? '') ?? '';
  const children = node.children ?? [];
  const flows = children.every((child) => child.type !== undefined || inLine.has(child.role ?? ''));
  return children.map((child) => wordsIn(child, marked)).join(flows ? '' : ' ');
};

/** Characters that Markdown would read as its own, at places where they stand in running text. */
export const asMarkdownText = (words: string): string =>
  joined(words)
    .replaceAll(/([\\`*_[\]|])/g, '\\$1')
    .replace(/^(#{1,6}|>|[-+]|\d+[.)])(?=\s)/, '\\$1');

export const tableAsMarkdown = (rows: readonly (readonly string[])[]): string => {
  const columns = Math.max(...rows.map((row) => row.length));
  const line = (cells: readonly string[]) =>
    `| ${Array.from({ length: columns }, (_, index) => asMarkdownText(cells[index] ?? '')).join(' | ')} |`;
  const [head = [], ...rest] = rows;
  return [line(head), `|${'---|'.repeat(columns)}`, ...rest.map(line)].join('\n');
};

const found = (node: StructureNode, roles: ReadonlySet<string>): readonly StructureNode[] =>
  roles.has(node.role ?? '') ? [node] : (node.children ?? []).flatMap((child) => found(child, roles));

const rowRole = new Set(['TR']);
const cellRoles = new Set(['TH', 'TD']);
const itemRole = new Set(['LI']);

const blocksOf = (node: StructureNode, marked: Marked): readonly string[] => {
  const role = node.role ?? '';
  const heading = /^H([1-6])?$/.exec(role);
  if (heading || role === 'Title') {
    const words = asMarkdownText(wordsIn(node, marked));
    return words === '' ? [] : [`${Number(heading?.[1] ?? 1) <= 2 ? '##' : '###'} ${words}`];
  }
  switch (role) {
    case 'P':
    case 'Caption':
    case 'BlockQuote':
    case 'Note': {
      const words = asMarkdownText(wordsIn(node, marked));
      return words === '' ? [] : [role === 'BlockQuote' ? `> ${words}` : words];
    }
    case 'L': {
      const items = found(node, itemRole).map((item) => {
        const words = joined(wordsIn(item, marked));
        const [, number] = /^(\d+)[.)]\s/.exec(words) ?? [];
        return number
          ? `${number}. ${asMarkdownText(words.replace(/^\d+[.)]\s+/, ''))}`
          : `- ${asMarkdownText(words.replace(/^[•‣◦▪·–-]\s*/, ''))}`;
      });
      return items.length > 0 ? [items.join('\n')] : [];
    }
    case 'Table': {
      const rows = found(node, rowRole).map((row) =>
        found(row, cellRoles).map((cell) => joined(wordsIn(cell, marked))),
      );
      return rows.length > 0 ? [tableAsMarkdown(rows)] : [];
    }
    case 'Figure':
      return node.alt ? [`(Picture: ${asMarkdownText(node.alt)})`] : [];
    case 'TOC':
    case 'Artifact':
      return [];
    default: {
      const inner = (node.children ?? []).flatMap((child) => blocksOf(child, marked));
      if (inner.length > 0) return inner;
      const words = asMarkdownText(wordsIn(node, marked));
      return words === '' ? [] : [words];
    }
  }
};

/** What the tags of one page say, as Markdown; empty where they name no content. */
export const structureAsMarkdown = (tree: StructureNode, marked: Marked): string =>
  (tree.children ?? []).flatMap((child) => blocksOf(child, marked)).join('\n\n');
