import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changed, checkSheets, sheets } from '../../../../test/support/small-workbook.ts';

describe('a mapping that speaks of other KSBs than its codes do', () => {
  const mapping = sheets.find((sheet) => sheet.name.startsWith('KSB mapping')) ?? assert.fail();
  const rowOf = (code: string) => mapping.rows.findIndex((row) => row.includes(code)) + 1;
  const columnOf = (code: string) => 'ABCDEFG'[mapping.rows[rowOf(code) - 1]?.indexOf(code) ?? 0] ?? '';
  const wordingColumn = 'ABCDEFG'[mapping.rows[rowOf('K1') - 1]?.indexOf('Knows') ?? 0] ?? '';

  it('refuses a code with another’s wording, and a KSB that stands twice', async () => {
    const { problems } = await checkSheets(changed({ [mapping.name]: { [`${columnOf('K2')}${rowOf('K2')}`]: 'K1' } }));
    assert.ok(
      problems.some((one) => one.endsWith('the wording is that of K2 of ST0901 1.0, and the code says K1')),
      problems.join('\n'),
    );
    assert.ok(problems.some((one) => one.endsWith(`K1 stands in row ${rowOf('K1')} already`)));
  });

  it('notes a wording that the version does not have', async () => {
    const change = { [mapping.name]: { [`${wordingColumn}${rowOf('K1')}`]: 'Knew something else' } };
    const { problems, notes } = await checkSheets(changed(change));
    assert.deepEqual(problems, []);
    assert.match(notes.join(), /the wording is not that of K1 in ST0901 1\.0/);
    const dressed = { [mapping.name]: { [`${wordingColumn}${rowOf('K1')}`]: ' KNOWS. ' } };
    assert.deepEqual((await checkSheets(changed(dressed))).notes, [], 'signs, case and blanks are forgiven');
  });

  it('takes a misspelt heading with something under it for an error: its rules would be lost', async () => {
    const structure = sheets.find((sheet) => sheet.name === 'Structure') ?? assert.fail();
    const heading = structure.rows.findIndex((row) => row.includes('Credits'));
    const column = 'ABCDEFGHIJ'[structure.rows[heading]?.indexOf('Credits') ?? 0];
    const { problems } = await checkSheets(changed({ Structure: { [`${column}${heading + 1}`]: 'Kredits' } }));
    assert.ok(
      problems.some((one) => one.endsWith('did you mean "Credits"?')),
      problems.join('\n'),
    );
  });
});
