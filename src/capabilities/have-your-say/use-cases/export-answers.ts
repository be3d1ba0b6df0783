import { demand } from '#kernel/permission.ts';
import type { Shown } from '#kernel/shown-counts.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import type { Cell, SheetFormat } from '#platform/sheets/sheet.ts';
import { answerWords } from '../domain/questionnaire.ts';
import { type Moderated, withoutDetails } from '../domain/reading.ts';
import { type CountTable, everAsked, isMostlyHeld, type Results, toldPart } from '../domain/results.ts';
import type { Round } from '../domain/round.ts';
import { readAnswers } from '../policy.ts';
import { findCodeBook, listModeratedOf, listReadings } from '../store/reading.ts';
import { listAnswerFiles, pageOfSent } from '../store/round-answers.ts';
import { listRoundVersions } from '../store/rounds.ts';
import type { TableToWrite } from './write-table.ts';

/** The type of a sheet, for whoever saves it. */
export const sheetTypes: Readonly<Record<SheetFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
};

const work = { module: new URL('./write-table.ts', import.meta.url), name: 'writeTable' };
/** Milliseconds for the largest workbook: 20,000 answers take a tenth of it. */
const writeMs = 60_000;

/** Writes a table on the pool. */
export const writeOnPool = (ctx: Context, table: TableToWrite): Promise<Uint8Array> =>
  ctx.workers.run<Uint8Array>(work, table, writeMs);

/** Answers read at a time while they are written out. */
const atOnce = 500;

/** What stands for a text that the moderator held back. */
const heldBack = '[held back]';

/** A text without what tells who wrote it: as the moderator decided, else with addresses and numbers taken out. */
const withoutNames = (text: string, decided: Moderated | undefined): string => {
  switch (decided?.how) {
    case 'withheld':
      return heldBack;
    case 'redacted':
      return decided.publicText;
    default:
      return withoutDetails(text);
  }
};

/**
 * All answers that were sent, one a row, with the themes of their texts.
 *
 * @param names with what tells who answered, and with texts and files' names as they were given; without, texts stand as the
 *   moderator left them, and files are counted.
 */
export const exportAnswers = async (
  ctx: Context,
  round: Round,
  format: SheetFormat,
  names: boolean,
): Promise<Uint8Array> => {
  demand(ctx.actor, readAnswers);
  const asked = everAsked(await listRoundVersions(ctx, round.id));
  const themes = new Map((await findCodeBook(ctx, round.id))?.themes.map((one) => [one.id, one.name]));
  const rows: Cell[][] = [
    [
      'Answer',
      'Sent',
      'Version',
      ...(names ? ['Name', 'Organisation', 'Email address'] : []),
      'What they are',
      'Region',
      'May be published',
      ...asked.flatMap((one) =>
        one.question.kind === 'text' ? [one.question.title, `${one.question.title} (themes)`] : [one.question.title],
      ),
    ],
  ];
  for (let after: { readonly sentAt: Date; readonly id: string } | null = null; ; ) {
    const page = await pageOfSent(ctx, round.id, atOnce, after);
    const readings = await listReadings(
      ctx,
      page.map((one) => one.id),
    );
    const decided = names
      ? new Map<string, Moderated>()
      : await listModeratedOf(
          ctx,
          page.map((one) => one.id),
        );
    for (const one of page) {
      const files = asked.some((each) => each.question.kind === 'file') ? await listAnswerFiles(ctx, one.id) : [];
      rows.push([
        one.id,
        one.sentAt?.toISOString() ?? '',
        one.version,
        ...(names ? [one.name, one.organisation, one.address ?? ''] : []),
        one.providerKind,
        one.region,
        one.mayPublish ? 'yes' : 'no',
        ...asked.flatMap(({ question, options }): readonly Cell[] => {
          const value = one.given[question.id];
          if (question.kind === 'file') {
            const sent = files.filter((file) => file.question === question.id);
            return [names ? sent.map((file) => file.name).join('; ') : sent.length];
          }
          if (question.kind === 'number') return [typeof value === 'number' ? value : null];
          const words = answerWords(
            question.kind === 'one-of' || question.kind === 'several-of'
              ? { ...question, options: [...options] }
              : question,
            value,
          );
          if (question.kind !== 'text') return [words];
          const coded = readings.get(`${one.id}/${question.id}`) ?? [];
          const shown = names ? words : withoutNames(words, decided.get(`${one.id}/${question.id}`));
          return [shown, coded.map((id) => themes.get(id) ?? id).join('; ')];
        }),
      ]);
    }
    const last = page.at(-1);
    if (!last?.sentAt || page.length < atOnce) break;
    after = { sentAt: last.sentAt, id: last.id };
  }
  await ctx.transaction((inside) =>
    recordAct(inside, {
      name: 'have-your-say.exported',
      subject: { kind: 'round', id: round.id },
      after: { format, names, answers: rows.length - 1 },
    }),
  );
  return writeOnPool(ctx, { title: round.title, name: 'Answers', rows, format });
};

const held = (count: Shown): Cell => count ?? 'under 5, or told by one that is';

/** One table of counts in lines; of one that is mostly held back, a line that says so. */
const tableRows = (what: string, groups: readonly string[], rows: CountTable['rows']): readonly (readonly Cell[])[] => {
  const table = toldPart(groups, rows);
  if (isMostlyHeld(table)) return [[what, '', 'Left out: most of its numbers are under 5, or told by one that is', '']];
  return [
    ...table.rows.flatMap(({ name, cells }) =>
      cells.map((count, at) => [what, name, table.groups[at] ?? '', held(count)]),
    ),
    ...(table.leftOut.length === 0
      ? []
      : [[what, '', `Left out, as nothing of them can be told: ${table.leftOut.join('; ')}`, '']]),
  ];
};

/** What everyone may see counted, as one table. */
export const resultRows = (results: Results): readonly (readonly Cell[])[] => {
  const { kinds, regions, themes, groups } = results;
  return [
    ['What', 'Question or theme', 'Answer or group', 'Count'],
    ['Answers', '', '', results.answers],
    ...results.questions.flatMap((one) => [
      ['Question', one.question.title, 'answered', held(one.answered)],
      ...one.bars.map((bar) => ['Question', one.question.title, bar.text, held(bar.count)]),
    ]),
    ...themes.map((one) => ['Theme', one.theme.name, 'all', held(one.count)]),
    ...(themes.length === 0
      ? []
      : [
          ...tableRows(
            'Theme by kind',
            kinds,
            themes.map((one) => ({ name: one.theme.name, cells: one.byKind })),
          ),
          ...tableRows(
            'Theme by region',
            regions,
            themes.map((one) => ({ name: one.theme.name, cells: one.byRegion })),
          ),
        ]),
    ...(results.enough
      ? [
          ...tableRows('Answers by kind', kinds, [{ name: '', cells: results.byKind }]),
          ...tableRows('Answers by region', regions, [{ name: '', cells: results.byRegion }]),
          ...tableRows(
            'Answers by kind and region',
            regions,
            (groups ?? []).map((cells, at) => ({ name: kinds[at] ?? '', cells })),
          ),
        ]
      : []),
  ];
};
