import {
  columns,
  exceptionWords,
  mandatoryWord,
  markWords,
  notUsedWord,
  otherSheets,
  ruleKinds,
  sheetNames,
} from './workbook-layout.ts';
import type { LaidOutSheet, Look } from './workbook-sheet.ts';

const quoted = (word: string): string => `“${word}”`;

const lines: readonly (readonly [Look, string])[] = [
  ['title', 'A qualification, its rules, and the KSBs it covers'],
  [
    'text',
    'Fill in this workbook, then check it: on the toolkit’s page “Check a qualification”, or with the command htq check. The check goes through every combination of units that your rules permit. It takes your word for which unit covers which KSB, and it is no approval.',
  ],
  ['text', ''],
  ['header', `1  ${sheetNames.qualification} and ${sheetNames.occupations}`],
  [
    'text',
    'Name the qualification. List the occupational standards it claims, each with its version: the codes of KSBs mean nothing without it. Where a standard has options, choose the one that is claimed; left empty, only the core is. A claim needs a name of its own only where two claims are on the same standard.',
  ],
  ['header', `2  ${sheetNames.structure}`],
  [
    'text',
    `One row a unit. Under ${columns.structure.group.heading}, choose ${quoted(mandatoryWord)} or the group that the unit is chosen from; left empty, the unit is mandatory. Leave ${columns.structure.pathway.heading} empty for what every learner has; name the pathway for what only its learners have. A unit that several pathways use has a row for each of them: repeat its code, and leave its title and credits as they are or empty. ${quoted(notUsedWord)} keeps a unit in the list that no combination may hold.`,
  ],
  ['header', `3  ${sheetNames.rules}`],
  ['text', `One row a rule; choose its kind in the first column and fill the cells it needs.`],
  [
    'text',
    `${ruleKinds.choose.word}: how many units, or how many credits, are taken from a group. Every group on the ${sheetNames.structure} sheet has a row. For a pathway’s own group, name the pathway as well. With all four limits empty, any number may be taken, also none. ${columns.rules.groupTitle.heading} is needed only when the group is to be called otherwise than on the ${sheetNames.structure} sheet.`,
  ],
  [
    'text',
    `${ruleKinds.pathway.word}: every pathway has a row. A learner takes exactly one. ${columns.rules.occupations.heading} says which claims the pathway answers to, divided by commas; left empty, all of them.`,
  ],
  [
    'text',
    `${ruleKinds.credits.word}, ${ruleKinds.level.word}: limits over the whole combination, or over its units of one level.`,
  ],
  [
    'text',
    `${ruleKinds.barred.word}: units, divided by commas, of which no combination holds all. ${ruleKinds.requires.word}: the unit under ${columns.rules.units.heading} is only taken together with all units under ${columns.rules.needs.heading}.`,
  ],
  ['header', `4  ${sheetNames.mapping}`],
  [
    'text',
    `One sheet a standard, with its own wording. Put the code of a unit at the head of a column. In each cell choose ${quoted(markWords.covers)} where the unit covers the KSB in full, ${quoted(markWords.partly)} where it covers part of it; empty means it does not. Add as many columns as there are units. Columns of your own are left alone when the workbook is read.`,
  ],
  ['header', `5  ${sheetNames.exceptions}`],
  [
    'text',
    `KSBs that a course of education cannot reasonably deliver (${quoted(exceptionWords.exclude)}), or of which it can deliver a part (${quoted(exceptionWords.partly)}), most often because the workplace is the safer place. Each needs a reason, which is shown wherever the result is shown, and should say who accepted it.`,
  ],
  ['header', `6  ${sheetNames.outcomes}, if you like`],
  [
    'text',
    'Learning outcomes of the units, and the KSBs that each covers in full or in part, as codes divided by commas. A unit covers what the grid says and what its outcomes say.',
  ],
  ['text', ''],
  ['header', 'Good to know'],
  [
    'text',
    'Columns are found by their headings: move them, or add your own. Do not rename the headings. Blank rows are skipped. Every mistake is reported with its sheet, row and column, all of them together.',
  ],
];

/** The sheet that the workbook opens with. */
export const instructionsSheet = (): LaidOutSheet => ({
  name: otherSheets.instructions,
  rows: lines.map(([, text]) => [text === '' ? null : text]),
  looks: lines.map(([look]) => [look]),
  columns: [{ width: 110 }],
  frozen: { rows: 0, columns: 0 },
  choices: [],
  readyRows: 0,
});
