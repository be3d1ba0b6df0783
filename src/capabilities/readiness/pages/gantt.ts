import { day } from '#web/words.ts';
import { dayNumber, isoDay } from '../domain/calendar-day.ts';
import { isLate, isOpen, type LaidPlan, type LaidTask } from '../domain/plan.ts';
import { strands, strandWords } from '../domain/strand.ts';

/** A plan as an SVG picture: strand by strand, as its tables are, a row for each task, a bar from its start to its end. */
export type Gantt = {
  readonly width: number;
  readonly height: number;
  readonly label: string;
  /** Tasks that the picture leaves out, since it would be too high to see anything in. */
  readonly left: number;
  /** Bars of one kind as one path each. */
  readonly bars: readonly { readonly kind: BarKind; readonly path: string }[];
  readonly titles: readonly { readonly y: number; readonly text: string; readonly strand: boolean }[];
  readonly months: readonly { readonly x: number; readonly text: string }[];
  readonly today: number;
  readonly teach: number;
  readonly lines: string;
};

export type BarKind = 'done' | 'open' | 'critical' | 'late' | 'late-critical';
const kinds: readonly BarKind[] = ['done', 'open', 'critical', 'late', 'late-critical'];

const rowHeight = 20;
const barHeight = 12;
const top = 28;
const left = 300;
const width = 1100;
const right = 24;
/** A title that is longer than a line goes on in a second one. */
const lineHeight = 14;
/** Letters of a line that fit beside the bars. */
const lettersShown = 48;
/** Rows of a picture: of a larger plan it shows the open tasks that begin first. */
const mostRows = 150;

/** A title in lines, broken between words; what two lines do not hold is left out. */
const linesOf = (title: string): readonly string[] => {
  const lines: string[] = [''];
  for (const word of title.split(/\s+/)) {
    const last = lines.at(-1) ?? '';
    const longer = last === '' ? word : `${last} ${word}`;
    if (longer.length <= lettersShown) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const all = lines
    .filter((line) => line !== '')
    .map((line) => (line.length > lettersShown ? `${line.slice(0, lettersShown - 1)}…` : line));
  return all.length <= 2 ? all : [all[0] ?? '', `${(all[1] ?? '').slice(0, lettersShown - 1)}…`];
};

const rowsOf = (laid: LaidPlan): readonly LaidTask[] =>
  laid.tasks.length <= mostRows
    ? laid.tasks
    : laid.tasks
        .filter((one) => isOpen(one.task))
        .toSorted((one, other) => one.task.starts.localeCompare(other.task.starts))
        .slice(0, mostRows);

const monthWords = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });

const kindOf = (one: LaidTask): BarKind => {
  if (!isOpen(one.task)) return 'done';
  if (isLate(one)) return one.critical ? 'late-critical' : 'late';
  return one.critical ? 'critical' : 'open';
};

const monthsBetween = (from: number, to: number): readonly number[] => {
  const found: number[] = [];
  const date = new Date(from * 86_400_000);
  for (let month = date.getUTCMonth() + 1; ; month += 1) {
    const first = Math.round(Date.UTC(date.getUTCFullYear(), month, 1) / 86_400_000);
    if (first > to) return found;
    found.push(first);
  }
};

export const ganttOf = (laid: LaidPlan, firstTeach: string, today: string): Gantt => {
  const teach = dayNumber(firstTeach);
  const now = dayNumber(today);
  let from = now;
  let to = teach;
  const rows = rowsOf(laid);
  for (const { task } of rows) {
    from = Math.min(from, dayNumber(task.starts));
    to = Math.max(to, dayNumber(task.ends));
  }
  const scale = (width - left - right) / Math.max(1, to - from);
  const x = (at: number): number => Math.round((left + (at - from) * scale) * 10) / 10;
  const paths: Record<BarKind, string> = { done: '', open: '', critical: '', late: '', 'late-critical': '' };
  const titles: { y: number; text: string; strand: boolean }[] = [];
  let y = top;
  for (const strand of strands) {
    const tasks = rows.filter((one) => one.task.strand === strand);
    if (tasks.length === 0) continue;
    titles.push({ y: y + 14, text: strandWords[strand], strand: true });
    y += rowHeight;
    for (const one of tasks) {
      const start = x(dayNumber(one.task.starts));
      const wide = Math.max(2, Math.round((x(dayNumber(one.task.ends)) - start) * 10) / 10);
      paths[kindOf(one)] += `M${start} ${y + 4}h${wide}v${barHeight}h-${wide}z`;
      const lines = linesOf(one.task.title);
      lines.forEach((text, at) => {
        titles.push({ y: y + 14 + at * lineHeight, text, strand: false });
      });
      y += rowHeight + (lines.length - 1) * lineHeight;
    }
  }
  const height = y + 8;
  const months = monthsBetween(from, to);
  // So many that the names would run into one another: every second, third … one alone.
  const step = Math.max(1, Math.ceil(months.length / 18));
  return {
    width,
    height,
    left: laid.tasks.length - rows.length,
    label: `${rows.length === laid.tasks.length ? '' : 'The first '}${rows.length} tasks from ${day(isoDay(from))} to ${day(isoDay(to))}; the same is in the table below.`,
    bars: kinds.map((kind) => ({ kind, path: paths[kind] })),
    titles,
    months: months
      .filter((_, index) => index % step === 0)
      .map((first, at, shown) => {
        const year = isoDay(first).slice(0, 4);
        // The first of each year that is named says which.
        const isNew = isoDay(shown[at - 1] ?? 0).slice(0, 4) !== year;
        return { x: x(first), text: `${monthWords.format(first * 86_400_000)}${isNew ? ` ’${year.slice(2)}` : ''}` };
      }),
    today: x(now),
    teach: x(teach),
    lines: months.map((first) => `M${x(first)} ${top}V${height}`).join(''),
  };
};
