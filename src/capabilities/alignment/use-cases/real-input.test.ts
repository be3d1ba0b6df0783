import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { readStandard } from '#cap/standards';
import { type Bank, higherNational } from '../../../../test/support/higher-national.ts';
import { checkQualification } from '../index.ts';

const data = resolve(import.meta.dirname, '../../../../../shared/data');
const skip = existsSync(data) ? false : 'the folder of real data is not there';

const record: unknown = skip ? null : JSON.parse(readFileSync(join(data, 'standards/ST0116-v1.1.json'), 'utf8'));

const check = (bank: Bank, pathways: readonly string[] | null = null) => {
  const standard = readStandard(record);
  assert.equal(standard.kind, 'ok');
  if (standard.kind !== 'ok') throw new Error('the real record was refused');
  const { reference, version, ksbs } = standard.value;
  const claim = { standard: reference, version, ksbs: ksbs.map((ksb) => ksb.code) };
  return checkQualification(higherNational(join(data, 'qualifications'), claim, bank, pathways), record);
};

describe('the Higher National Diploma in Computing: 54 units, 6 pathways, a synthetic mapping', { skip }, () => {
  it('permits 3,509,616 combinations, none of its units forced or dead', () => {
    // One of 8 at level 4 (9 that are not core, less the specialist). At level 5, of the 37 that are not core:
    // General takes 75 credits, 5 of 37: 435,897. Each of the other five has 3 specialist units and takes 2 of 34: 561.
    // 8 x 435,897 + 5 x 8 x 561 = 3,487,176 + 22,440.
    const result = check('whole');
    assert.equal(result.combinations.total, '3509616');
    assert.deepEqual(
      result.combinations.pathways.map((one) => one.total),
      ['3487176', '4488', '4488', '4488', '4488', '4488'],
    );
    assert.deepEqual(result.units, { inEveryCombination: [], inNoCombination: [] });
    assert.equal(result.verdict, 'proved');
  });

  it('has dead units where only the recorded optional units may be chosen', () => {
    // Software Engineering: 3 at level 4 x 2 of 6 at level 5 = 45. Data Analytics: 1 x 2 of 2. Cyber Security: 1 x 2 of 2.
    const result = check('recorded', ['Software Engineering', 'Data Analytics', 'Cyber Security']);
    assert.deepEqual(
      result.combinations.pathways.map((one) => one.total),
      ['45', '1', '1'],
    );
    // The specialist units of the three other pathways, and what nobody recorded as an option of these three.
    const dead = [9, 11, 12, 21, 22, 23, 27, 28, 29, 38, 40, 41, 42, 43, 44, 45, 46, 48, 51, 52, 53];
    assert.deepEqual(
      result.units.inNoCombination,
      dead.map((unit) => `HN${String(unit).padStart(2, '0')}`),
    );
    assert.deepEqual(result.units.inEveryCombination, []);
  });

  it('has units that are optional in name only on one pathway', () => {
    // Data Analytics records one unit at level 4 and two at level 5, and takes one and two.
    const result = check('recorded', ['Data Analytics']);
    assert.equal(result.combinations.total, '1');
    assert.deepEqual(result.units.inEveryCombination, ['HN14', 'HN33', 'HN34']);
  });
});
