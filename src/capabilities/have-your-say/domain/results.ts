import type { Shown } from '#kernel/shown-counts.ts';
import { holdBackParts, isHeldShare } from '#kernel/small-numbers.ts';
import { type Option, optionsOf, type Question, type Questionnaire } from './questionnaire.ts';
import type { Theme } from './reading.ts';

export type Bar = { readonly text: string; readonly count: Shown };

/** A question of any version: one that is no longer asked keeps its answers. */
export type AskedQuestion = {
  readonly question: Question;
  readonly section: string;
  readonly options: readonly Option[];
  /** The last version that asked it, where a newer one does not; `null`: asked to the end. */
  readonly until: number | null;
};

export type QuestionResult = AskedQuestion & {
  readonly answered: Shown;
  /** Empty: only small numbers, or a kind of question that is not counted. */
  readonly bars: readonly Bar[];
  readonly words: string;
};

export type ThemeResult = {
  readonly theme: Theme;
  readonly count: Shown;
  readonly byKind: readonly Shown[];
  readonly byRegion: readonly Shown[];
};

export type Results = {
  readonly answers: number;
  /** False: too few answered for anything to be counted in public. */
  readonly enough: boolean;
  readonly questions: readonly QuestionResult[];
  /** Answers with a coded text. */
  readonly coded: Shown;
  readonly themes: readonly ThemeResult[];
  readonly kinds: readonly string[];
  readonly regions: readonly string[];
  readonly byKind: readonly Shown[];
  readonly byRegion: readonly Shown[];
  /** Answers of each kind in each region; `null`: too much of it would be held back to be worth showing. */
  readonly groups: readonly (readonly Shown[])[] | null;
};

/** Answers from which on anything is counted in public. */
export const leastAnswers = 10;

/** All questions that were ever asked, those of the newest version first. @param versions the newest first. */
export const everAsked = (
  versions: readonly { readonly number: number; readonly questions: Questionnaire }[],
): readonly AskedQuestion[] => {
  const found = new Map<string, AskedQuestion>();
  const newest = versions[0]?.number ?? 0;
  for (const { number, questions } of versions)
    for (const section of questions.sections)
      for (const question of section.questions) {
        const there = found.get(question.id);
        if (!there) {
          const until = number === newest ? null : number;
          found.set(question.id, { question, section: section.title, options: optionsOf(question), until });
          continue;
        }
        const more = optionsOf(question).filter((one) => !there.options.some((option) => option.id === one.id));
        found.set(question.id, { ...there, options: [...there.options, ...more] });
      }
  return [...found.values()];
};

export const textQuestions = (asked: readonly AskedQuestion[]): readonly AskedQuestion[] =>
  asked.filter((one) => one.question.kind === 'text');

export type CountTable = {
  readonly groups: readonly string[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly Shown[] }[];
  /** Names of the groups and rows of which nothing can be told: they are left out. */
  readonly leftOut: readonly string[];
};

/** A table without the groups and rows of which nothing can be told. */
export const toldPart = (groups: readonly string[], rows: CountTable['rows']): CountTable => {
  const told = groups.flatMap((_, at) => (rows.some((row) => row.cells[at]) ? [at] : []));
  const isTold = ({ cells }: CountTable['rows'][number]): boolean => told.some((at) => cells[at]);
  return {
    groups: told.map((at) => groups[at] ?? ''),
    rows: rows.filter(isTold).map(({ name, cells }) => ({ name, cells: told.map((at) => cells[at] ?? null) })),
    leftOut: [
      ...groups.filter((_, at) => !told.includes(at)),
      ...rows.filter((row) => !isTold(row)).map((row) => row.name),
    ],
  };
};

/** Whether nothing of a table is left, or more than half of it is held back: it tells too little to be shown. */
export const isMostlyHeld = ({ rows }: CountTable): boolean => {
  const cells = rows.flatMap((row) => row.cells);
  return cells.length === 0 || cells.filter((count) => count === null).length * 2 > cells.length;
};

/** Counts of options of which one was chosen; none is shown where all would tell. */
export const shownParts = (bars: readonly { readonly text: string; readonly count: number }[]): readonly Bar[] => {
  const held = holdBackParts(bars.map((one) => one.count));
  return held ? bars.map(({ text, count }, at) => ({ text, count: held[at] ? null : count })) : [];
};

/** Counts of options of which several may be chosen. */
export const shownShares = (
  bars: readonly { readonly text: string; readonly count: number }[],
  answered: number,
): readonly Bar[] => bars.map(({ text, count }) => ({ text, count: isHeldShare(count, answered) ? null : count }));

/** Edges of at most six bars around the middle half of numbers: round ones, so that no single number is told. */
export const roundEdges = (lower: number, upper: number): readonly number[] => {
  const span = Math.max(upper - lower, Math.abs(upper) / 10, 1);
  const rough = span / 2;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough) ?? 10 * power;
  const first = Math.floor(lower / step) * step;
  return [0, 1, 2, 3, 4].map((at) => Math.round((first + (at - 1) * step) * 1e6) / 1e6);
};
