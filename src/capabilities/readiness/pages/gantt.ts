import { day } from '#web/words.ts';
import { dayNumber, isoDay } from '../domain/calendar-day.ts';
import { isLate, isOpen, type LaidPlan, type LaidTask } from '../domain/plan.ts';
import { strands, strandWords } from '../domain/strand.ts';

/** A plan as an SVG picture: strand by strand, as its tables are, a row for each task, a bar from its start to its end. */
export type Gantt = {
  readonly width: number;
  readonly height: number;
  readonly label: string;
  /** Bars of one kind as one path each. */
  readonly bars: readonly { readonly kind: BarKind; readonly path: string }[];
  readonly titles: readonly { readonly y: number; readonly text: string; readonly strand: boolean }[];
  readonly months: readonly { readonly x: number; readonly text: string }[];
  readonly today: number;
  readonly teach: number;
  readonly lines: string;
};

export type BarKind = 'done' | 'open' | 'critical' | 'late';

const rowHeight = 20;
const barHeight = 12;
const top = 28;
const left = 300;
const width = 1100;
const right = 24;
/** Letters of a title that fit beside the bars. */
const lettersShown = 46;

const monthWords = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });

const kindOf = (one: LaidTask): BarKind => {
  if (!isOpen(one.task)) return 'done';
  if (isOpen(one.task) && isLate(one)) return 'late';
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
  for (const { task } of laid.tasks) {
    from = Math.min(from, dayNumber(task.starts));
    to = Math.max(to, dayNumber(task.ends));
  }
  const scale = (width - left - right) / Math.max(1, to - from);
  const x = (at: number): number => Math.round((left + (at - from) * scale) * 10) / 10;
  const paths: Record<BarKind, string> = { done: '', open: '', critical: '', late: '' };
  const titles: { y: number; text: string; strand: boolean }[] = [];
  let y = top;
  for (const strand of strands) {
    const tasks = laid.tasks.filter((one) => one.task.strand === strand);
    if (tasks.length === 0) continue;
    titles.push({ y: y + 14, text: strandWords[strand], strand: true });
    y += rowHeight;
    for (const one of tasks) {
      const start = x(dayNumber(one.task.starts));
      const wide = Math.max(2, Math.round((x(dayNumber(one.task.ends)) - start) * 10) / 10);
      paths[kindOf(one)] += `M${start} ${y + 4}h${wide}v${barHeight}h-${wide}z`;
      const { title } = one.task;
      const text = title.length > lettersShown ? `${title.slice(0, lettersShown - 1)}…` : title;
      titles.push({ y: y + 14, text, strand: false });
      y += rowHeight;
    }
  }
  const height = y + 8;
  const months = monthsBetween(from, to);
  // So many that the names would run into one another: every second, third … one alone.
  const step = Math.max(1, Math.ceil(months.length / 18));
  return {
    width,
    height,
    label: `${laid.tasks.length} tasks from ${day(isoDay(from))} to ${day(isoDay(to))}; the same is in the table below.`,
    bars: (['done', 'open', 'critical', 'late'] as const).map((kind) => ({ kind, path: paths[kind] })),
    titles,
    months: months
      .filter((_, index) => index % step === 0)
      .map((first) => ({
        x: x(first),
        text: `${monthWords.format(first * 86_400_000)}${isoDay(first).slice(5, 7) === '01' ? ` ’${isoDay(first).slice(2, 4)}` : ''}`,
      })),
    today: x(now),
    teach: x(teach),
    lines: months.map((first) => `M${x(first)} ${top}V${height}`).join(''),
  };
};
