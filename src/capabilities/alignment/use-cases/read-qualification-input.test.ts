import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { writeCsv } from '#platform/sheets/write-csv.ts';
import {
  type Change,
  changed,
  check,
  checkSheets,
  json,
  qualification,
  sheets,
} from '../../../../test/support/small-workbook.ts';
import type { Qualification } from '../domain/qualification-file.ts';
import { workbookAsCsv } from '../domain/workbook-as-csv.ts';
import type { Cell } from '../domain/workbook-layout.ts';
import type { LaidOutSheet } from '../domain/workbook-sheet.ts';

it('reads the workbook as it was written', async () => {
  const { problems, notes } = await checkSheets(sheets);
  assert.deepEqual(problems, []);
  assert.deepEqual(notes, []);
});

describe('what is wrong in a workbook is told at its cell', () => {
  const cases: readonly (readonly [string, Change, string])[] = [
    [
      'a title that is missing',
      { Qualification: { B4: null } },
      'q.xlsx: Qualification, row 4, column B: this is missing: expected text',
    ],
    [
      'a field that there is not',
      { Qualification: { A4: 'Titel' } },
      'q.xlsx: Qualification, row 4, column A: no field is called "Titel": expected Title, Awarding organisation, Level, Every combination covers',
    ],
    [
      'a level that is none',
      { Qualification: { B6: 6 } },
      'q.xlsx: Qualification, row 6, column B: found 6, expected 4 or 5',
    ],
    [
      'a guarantee in other words',
      { Qualification: { B7: 'most' } },
      'q.xlsx: Qualification, row 7, column B: found "most", expected at least one occupation or every occupation',
    ],
    [
      'a version that is not known',
      { Occupations: { B4: '1.1' } },
      'q.xlsx: Occupations, row 4, column B: ST0901 has no version "1.1" here: it is known in the version 1.0',
    ],
    [
      'a standard that is not known',
      { Occupations: { A4: 'ST0902' } },
      'q.xlsx: Occupations, row 4, column A: the standard "ST0902" is not known',
    ],
    [
      'credits that are no number',
      { Structure: { D5: 'fifteen' } },
      'q.xlsx: Structure, row 5, column D: found "fifteen", expected a whole number',
    ],
    [
      'a code for the second time',
      { Structure: { A5: 'U1', B5: 'Another' } },
      'q.xlsx: Structure, row 5, column A: another unit has the code "U1" already',
    ],
    [
      'a unit without a title',
      { Structure: { B5: null } },
      'q.xlsx: Structure, row 5, column B: this is missing: expected text',
    ],
    [
      'a group without a rule',
      { Structure: { G5: 'Electives' } },
      'q.xlsx: Structure, row 5, column G: no group is called "Electives": give it a row "Choose" on the Rules sheet',
    ],
    [
      'a pathway without a rule',
      { Structure: { F5: 'Networks' } },
      'q.xlsx: Structure, row 5, column F: no pathway is called "Networks": give it a row "Pathway" on the Rules sheet',
    ],
    [
      'a formula that failed',
      { Structure: { D5: '#REF!' } },
      'q.xlsx: Structure, row 5, column D: the formula in this cell has failed: found #REF!',
    ],
    [
      'a rule of no kind',
      { Rules: { A4: 'Pick' } },
      'q.xlsx: Rules, row 4, column A: found "Pick": expected Choose, Pathway, Credits in total, Credits at level, Not together, Needs',
    ],
    [
      'a cell that a rule has no use for',
      { Rules: { D4: 4 } },
      'q.xlsx: Rules, row 4, column D: a rule "Choose" has no level: leave this cell empty, or make it a rule of another kind',
    ],
    [
      'bounds the wrong way round',
      { Rules: { H4: 3 } },
      'q.xlsx: Rules, row 4, column H: the least, 3, is more than the most, 1',
    ],
    [
      'a limit for a group without units',
      { Rules: { A6: 'Choose', C6: 'More', H6: 1 } },
      'q.xlsx: Rules, row 6, column C: no unit on the Structure sheet is in the group "More"',
    ],
    [
      'a rule about a unit that is not there',
      { Rules: { F5: 'U9' } },
      'q.xlsx: Rules, row 5, column F: no unit is called "U9"',
    ],
    [
      'a mark that is none',
      { 'KSB mapping ST0901': { E4: 'x' } },
      'q.xlsx: KSB mapping ST0901, row 4, column E: found "x", expected full, part or nothing',
    ],
    [
      'marks under no unit',
      { 'KSB mapping ST0901': { H4: 'full' } },
      'q.xlsx: KSB mapping ST0901, row 3, column H: the column has marks, but no code of a unit at its head',
    ],
    [
      'marks under another unit',
      { 'KSB mapping ST0901': { H3: 'U7', H4: 'full' } },
      'q.xlsx: KSB mapping ST0901, row 3, column H: the column has marks, but no unit on the Structure sheet has the code "U7"',
    ],
    [
      'one unit over two columns',
      { 'KSB mapping ST0901': { F3: 'U1' } },
      'q.xlsx: KSB mapping ST0901, row 3, column F: two columns are headed with the unit "U1"',
    ],
    [
      'a KSB that there is not',
      { 'KSB mapping ST0901': { B4: 'K9' } },
      'q.xlsx: KSB mapping ST0901, row 4, column E: ST0901 1.0 has no KSB "K9"',
    ],
    [
      'marks beside no KSB',
      { 'KSB mapping ST0901': { E9: 'full' } },
      'q.xlsx: KSB mapping ST0901, row 9, column B: the row has marks, but no code of a KSB',
    ],
    [
      'marks for a standard that is not claimed',
      { 'KSB mapping ST0901': { A4: 'ST0777' } },
      'q.xlsx: KSB mapping ST0901, row 4, column E: no claim names the standard "ST0777"',
    ],
    [
      'an exception without a reason',
      { Exceptions: { D4: null } },
      'q.xlsx: Exceptions, row 4, column D: this is missing: expected text',
    ],
    [
      'an exception of no kind',
      { Exceptions: { C4: 'Maybe' } },
      'q.xlsx: Exceptions, row 4, column C: found "Maybe": expected Not required or Part is enough',
    ],
    [
      'an exception from no claim',
      { Exceptions: { A4: 'ST0000' } },
      'q.xlsx: Exceptions, row 4, column A: no claim is called "ST0000": expected ST0901',
    ],
    [
      'an outcome of no unit',
      { Outcomes: { A4: 'U8' } },
      'q.xlsx: Outcomes, row 4, column A: no unit on the Structure sheet has the code "U8"',
    ],
    [
      'an outcome’s KSB that there is not',
      { Outcomes: { D4: 'S1; S7' } },
      'q.xlsx: Outcomes, row 4, column D: ST0901 1.0 has no KSB "S7"',
    ],
  ];
  for (const [name, change, expected] of cases)
    it(name, async () => {
      const { problems } = await checkSheets(changed(change));
      assert.ok(
        problems.some((problem) => problem.startsWith(expected)),
        problems.join('\n'),
      );
    });

  it('all of them together, in the order of the workbook', async () => {
    const { problems } = await checkSheets(
      changed({
        'KSB mapping ST0901': { E4: 'x' },
        Qualification: { B6: 6 },
        Rules: { F5: 'U9' },
        Structure: { D5: 'many', D4: 'few' },
      }),
    );
    assert.deepEqual(
      problems.map((problem) => problem.split(': ')[1]),
      [
        'Qualification, row 6, column B',
        'Structure, row 4, column D',
        'Structure, row 5, column D',
        'Rules, row 5, column F',
        'KSB mapping ST0901, row 4, column E',
      ],
    );
  });

  it('a sheet that is missing, headings that are missing, a sheet that comes twice', async () => {
    const without = await checkSheets(sheets.filter((sheet) => sheet.name !== 'Occupations'));
    assert.ok(without.problems.includes('q.xlsx: Occupations: there is no such sheet'));
    const headless = await checkSheets(changed({ Structure: { A3: 'Nr' } }));
    assert.ok(
      headless.problems.includes(
        'q.xlsx: Structure: there are no headings: expected a row with Unit code and Unit title',
      ),
    );
    const twice = await checkSheets([
      ...sheets,
      ...sheets.filter(({ name }) => name === 'Rules').map((one) => ({ ...one, name: 'Rules 2' })),
    ]);
    assert.deepEqual(twice.problems, [
      'q.xlsx: Rules 2, row 3: there are two sheets of this kind: Rules is Rules already',
    ]);
    const other = await checkSheets([{ ...(sheets[0] as LaidOutSheet), name: 'Budget' }]);
    assert.match(other.problems.join(), /^q.xlsx: Budget: none of the sheets of a qualification is here/);
  });
});

describe('a workbook that people have worked on', () => {
  it('with columns moved, rows reordered, blank rows, other case, and columns of their own', async () => {
    const moved = sheets.map((sheet) => {
      if (sheet.name !== 'Structure' && !sheet.name.startsWith('KSB')) return sheet;
      const [title, note, headings, ...body] = sheet.rows.map((row) => [...row]);
      const reversed = (row: readonly Cell[] | undefined) => {
        const filled = [...(row ?? [])];
        while (filled.length < (headings?.length ?? 0)) filled.push(null);
        return filled.toReversed();
      };
      const rows = body.toReversed().flatMap((row) => [[], ['Ann', ...reversed(row)]]);
      const head = ['Owner', ...reversed(headings).map((cell) => ` ${String(cell).toUpperCase()} `)];
      return { ...sheet, rows: [title ?? [], note ?? [], [], head, ...rows], looks: [], columns: [], choices: [] };
    });
    const { problems, notes, qualification: back } = await checkSheets(moved);
    assert.deepEqual(problems, []);
    assert.deepEqual(notes, [
      'q.xlsx: KSB mapping ST0901, row 4, column A: the column "Owner" is not one of the workbook’s and was left out',
      'q.xlsx: Structure, row 4, column A: the column "Owner" is not one of the workbook’s and was left out',
    ]);
    const units = (back as Qualification).units;
    assert.deepEqual(
      units.map(({ code, covers }) => [code, covers]),
      [
        ['U3', undefined],
        ['U2', { ST0901: ['S1'] }],
        ['U1', { ST0901: ['K1'] }],
      ],
    );
    assert.deepEqual((back as Qualification).rules?.choose, [
      { name: 'Optional', from: ['U3', 'U2'], units: { min: 1, max: 1 } },
    ]);
  });

  it('with a version and codes that the spreadsheet made numbers', async () => {
    const { problems } = await checkSheets(changed({ Occupations: { B4: 1 }, Structure: { D4: '15', C4: 4 } }));
    assert.deepEqual(problems, []);
  });

  it('with a group of the template that nobody used', async () => {
    const { problems, notes } = await checkSheets(changed({ Rules: { A6: 'Choose', C6: 'Spare' } }));
    assert.deepEqual(problems, []);
    assert.deepEqual(notes, [
      'q.xlsx: Rules, row 6, column C: no unit on the Structure sheet is in the group "Spare": the row was left out',
    ]);
  });
});

describe('CSV files', () => {
  const pair = workbookAsCsv(changed({ Structure: { D5: 'many' }, 'KSB mapping ST0901': { E4: 'x' } }));
  it('tell file, row and column', async () => {
    const { problems } = await check([
      { name: 'b.csv', bytes: writeCsv(pair.mapping) },
      { name: 'a.csv', bytes: writeCsv(pair.structure) },
    ]);
    assert.deepEqual(problems, [
      'a.csv, row 15, column D: found "many", expected a whole number',
      'b.csv, row 4, column F: found "x", expected full, part or nothing',
    ]);
  });
  it('do not mix with workbooks', async () => {
    const { problems } = await check([{ name: 'a.csv', bytes: writeCsv(pair.structure) }, json({})]);
    assert.deepEqual(problems, ['q.json: Only the CSV files of one workbook can be brought together: expected CSV.']);
  });
});

describe('a qualification file', () => {
  it('tells line, column and path', async () => {
    const { problems } = await check([
      json({ ...qualification, level: 6, rules: { choose: [{ from: ['U1', 'U9'], 'a.b': 1 }] } }),
    ]);
    assert.deepEqual(problems, [
      'q.json:4:3: level: found 6, expected 4 or 5',
      'q.json:64:11: rules.choose[0].from[1]: no unit is called "U9"; did you mean "U1"?',
      'q.json:66:9: rules.choose[0].a.b: this key is not known',
    ]);
  });
  it('tells where the JSON breaks', async () => {
    assert.deepEqual((await check([json('{\n  "title": "x",\n}')])).problems, [
      'q.json:3:1: expected a key in double quotation marks',
    ]);
    assert.deepEqual((await check([json('{\n  "title": "x"\n  "level": 4\n}')])).problems, [
      'q.json:3:3: expected a comma',
    ]);
    assert.deepEqual((await check([json('{"a": 1, // no\n "b": 2}')])).problems, ['q.json:1:10: JSON has no comments']);
    assert.deepEqual((await check([json('{"a": 1,\n "a": 2}')])).problems, [
      'q.json:2:2: the key "a" stands here for the second time in the same object',
    ]);
    assert.match((await check([json(`{"a":${'['.repeat(100_000)}`)])).problems.join(), /more than 200 lists/);
    assert.match(
      (await check([{ name: 'q.json', bytes: Uint8Array.from([0x7b, 0xff]) }])).problems.join(),
      /not UTF-8/,
    );
  });
});
