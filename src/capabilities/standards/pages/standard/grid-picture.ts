import type { KsbKind, OccupationalStandard } from '../../domain/occupational-standard.ts';

type Label = { readonly x: number; readonly y: number; readonly text: string };

/** The duty-by-KSB grid as an SVG picture: a row for each duty, a column for each KSB, the three kinds side by side. */
export type GridPicture = {
  readonly width: number;
  readonly height: number;
  readonly kinds: readonly {
    readonly kind: KsbKind;
    readonly label: Label;
    /** The field that its columns take. */
    readonly field: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
    /** Path of all its filled cells. */
    readonly cells: string;
  }[];
  /** Duty codes at the left of their rows. */
  readonly rows: readonly Label[];
  /** Every fifth KSB code above its column, and the first of each kind. */
  readonly columns: readonly Label[];
  /** Path of the lines between rows. */
  readonly lines: string;
};

/** Pixels. Rows are as high as their labels; columns get narrower where there are many, to show the whole at once. */
const rowHeight = 12;
const columnWidths = { few: 12, many: 7 };
const mostOfFew = 70;
const gap = 1;
const left = 36;
const top = 40;
const betweenKinds = 18;

const names: Readonly<Record<KsbKind, string>> = { knowledge: 'Knowledge', skill: 'Skills', behaviour: 'Behaviours' };
/** Room for a kind's name even over a few columns. */
const leastWidth = 116;

export const gridPicture = (standard: OccupationalStandard): GridPicture => {
  const column = standard.ksbs.length > mostOfFew ? columnWidths.many : columnWidths.few;
  const height = top + standard.duties.length * rowHeight;
  const kinds: GridPicture['kinds'][number][] = [];
  const columns: Label[] = [];
  let x = left;
  for (const kind of ['knowledge', 'skill', 'behaviour'] as const) {
    const ksbs = standard.ksbs.filter((ksb) => ksb.kind === kind);
    if (ksbs.length === 0) continue;
    const place = new Map(ksbs.map((ksb, index) => [ksb.code, x + index * column]));
    const cells = standard.duties.flatMap((duty, row) =>
      duty.ksbs.flatMap((code) => {
        const at = place.get(code);
        if (at === undefined) return [];
        const across = column - 2 * gap;
        return `M${at + gap} ${top + row * rowHeight + gap}h${across}v${rowHeight - 2 * gap}h-${across}z`;
      }),
    );
    const width = ksbs.length * column;
    kinds.push({
      kind,
      label: { x, y: 14, text: `${names[kind]} (${ksbs.length})` },
      field: { x, y: top, width, height: height - top },
      cells: cells.join(''),
    });
    for (const [index, ksb] of ksbs.entries())
      if (index === 0 || (index + 1) % 5 === 0)
        columns.push({ x: x + index * column + column / 2, y: top - 6, text: ksb.code });
    x += Math.max(width, leastWidth) + betweenKinds;
  }
  const width = x - betweenKinds + 1;
  return {
    width,
    height: height + 1,
    kinds,
    rows: standard.duties.map((duty, row) => ({
      x: left - 6,
      y: top + row * rowHeight + rowHeight - 2,
      text: duty.code,
    })),
    columns,
    lines: standard.duties.map((_, row) => `M${left} ${top + row * rowHeight}H${width}`).join(''),
  };
};
