import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { runCommandLine } from '../../main/command-line.ts';
import { alignmentCommands } from './cli.ts';
import { readQualificationInput } from './use-cases/read-qualification-input.ts';

const folder = mkdtempSync(join(tmpdir(), 'htq-cli-'));
after(() => rmSync(folder, { recursive: true }));

const htq = async (...words: readonly string[]) => {
  const out: Uint8Array[] = [];
  let err = '';
  const status = await runCommandLine(
    alignmentCommands,
    words,
    {
      cwd: folder,
      out: (content) => out.push(typeof content === 'string' ? new TextEncoder().encode(content) : content),
      err: (content) => {
        err += content;
      },
      terminal: false,
      outTerminal: false,
      signal: new AbortController().signal,
    },
    async () => assert.fail('the store was opened'),
  );
  const bytes = new Uint8Array(Buffer.concat(out));
  return { status, bytes, out: new TextDecoder().decode(bytes), err };
};

const put = (name: string, value: unknown): string => {
  writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value, null, 2));
  return name;
};

const standard = (version: string) => ({
  referenceNumber: 'ST0901',
  versionNumber: version,
  title: 'Tester',
  level: 4,
  status: 'Approved for delivery',
  knowledges: [{ knowledgeId: 'a', detail: 'How tests are <em>planned</em>' }],
  skills: [
    { skillId: 'b', detail: 'Write a test' },
    { skillId: 'c', detail: 'Repair what a test has broken' },
  ],
  behaviours: [],
  options: [],
  duties: [],
});
put('standards.json', [standard('1.0'), standard('1.1')]);
const by = ['--standards', 'standards.json'] as const;

const qualification = (covers: Readonly<Record<string, readonly string[]>>) => ({
  title: 'Diploma',
  awardingOrganisation: 'Fictional Awards',
  level: 4,
  occupations: [
    { standard: 'ST0901', version: '1.1', exclude: [{ ksb: 'S2', reason: 'Only at work', acceptedBy: 'A panel' }] },
  ],
  units: ['U1', 'U2', 'U3'].map((code) => ({ code, title: `Unit ${code}`, covers: { ST0901: covers[code] ?? [] } })),
  rules: { mandatory: ['U1'], choose: [{ name: 'Optional', from: ['U2', 'U3'], units: { min: 1, max: 1 } }] },
});
const good = put('good.json', qualification({ U1: ['K1'], U2: ['S1'], U3: ['S1'] }));
const bad = put('bad.json', qualification({ U1: ['K1'], U2: ['S1'] }));

describe('htq check', () => {
  it('proves', async () => {
    const { status, out, err } = await htq('check', good, ...by);
    assert.equal(err, '');
    assert.equal(status, 0);
    assert.match(out, /^Every one of the 2 permitted combinations covers Tester\.\n/);
    assert.match(
      out,
      /Set aside, with the reasons given:\n {2}S2 of Tester, not required: Only at work \(accepted by A panel\)\n/,
    );
    assert.match(out, /This is worked out from the mapping given\. It is no approval\./);
    assert.match(out, /2 KSBs required; every combination covers all of them\./);
  });

  it('refutes, with a combination that falls short', async () => {
    const { status, out } = await htq('check', bad, ...by);
    assert.equal(status, 1);
    assert.match(out, /^1 of the 2 permitted combinations does not cover Tester\.\n/);
    assert.match(
      out,
      /A combination that falls short:\n {2}U1 {2}Unit U1\n {2}U3 {2}Unit U3\nOf Tester, ST0901 version 1\.1, it misses 1:\n {2}S1 {2}Write a test\n/,
    );
    assert.match(out, /Advice:\n/);
  });

  it('says that there are no combinations', async () => {
    const none = put('none.json', { ...qualification({ U1: ['K1'] }), rules: { mandatory: ['U1'], barred: [['U1']] } });
    const { status, out } = await htq('check', none, ...by);
    assert.equal(status, 1);
    assert.match(out, /^The rules permit no combination of units at all/);
  });

  it('prints the result as JSON', async () => {
    const { status, out } = await htq('check', bad, ...by, '--json');
    assert.equal(status, 1);
    const result = JSON.parse(out) as Readonly<Record<string, unknown>>;
    assert.equal(result.verdict, 'refuted');
    assert.deepEqual(result.counterexample, { pathway: null, units: ['U1', 'U3'], missing: { ST0901: ['S1'] } });
  });

  it('checks what a provider offers', async () => {
    const offer = put('offer.json', { title: 'Evening course', units: ['U1', 'U2'] });
    const { status, out } = await htq('check', bad, ...by, '--offer', offer);
    assert.equal(status, 0);
    assert.match(out, /^The one .* covers Tester\..*This is of the offer Evening course/s);
    const wrong = put('wrong-offer.json', { units: ['U1', 'U8'], sites: [] });
    const refused = await htq('check', bad, ...by, '--offer', wrong);
    assert.equal(refused.status, 2);
    assert.equal(refused.out, '');
    assert.match(
      refused.err,
      /^wrong-offer\.json:4:5: units\[1\]: no unit is called "U8".*\nwrong-offer\.json:6:3: sites: this key is not known\n$/,
    );
  });

  it('tells all that is wrong on standard error and nothing on standard output', async () => {
    const file = put('wrong.json', { ...qualification({ U1: ['K7'] }), level: '4', extra: 1 });
    const { status, out, err } = await htq('check', file, ...by);
    assert.equal(status, 2);
    assert.equal(out, '');
    assert.deepEqual(err.split('\n'), [
      'wrong.json:4:3: level: found "4", expected 4 or 5',
      'wrong.json:24:11: units[0].covers.ST0901[0]: ST0901 1.1 has no KSB "K7"; did you mean K1?',
      'wrong.json:61:3: extra: this key is not known',
      '',
    ]);
  });

  it('tells what else can be wrong', async () => {
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [['missing.json', ...by], /^htq: There is no file missing\.json\.\n$/],
      [[good, '--standards', 'nowhere'], /^htq: There is no file or folder nowhere\.\n$/],
      [[good, ...by, '--time-limit', 'soon'], /^htq: --time-limit: found "soon"/],
      [[good, ...by, '--offer', 'missing.json'], /^htq: There is no file missing\.json/],
      [[put('broken.json', '{"title":'), ...by], /^broken\.json:1:\d+: expected a value\n$/],
      [[put('noise.bin', '\u0001\u0000'), ...by], /^noise\.bin: The file is neither a workbook/],
      [
        [put('unknown.json', { ...qualification({}), occupations: [{ standard: 'ST0999', version: '1.0' }] }), ...by],
        /unknown\.json:\d+:\d+: occupations\[0\]\.standard: the standard "ST0999" is not known/,
      ],
    ];
    for (const [words, expected] of cases) {
      const { status, out, err } = await htq('check', ...words);
      assert.equal(status, 2, err);
      assert.equal(out, '');
      assert.match(err, expected);
    }
  });
});

describe('htq template', () => {
  it('writes a workbook with the newest version’s wording, to standard output', async () => {
    const { status, bytes, err } = await htq('template', 'st0901', ...by);
    assert.equal(err, '');
    assert.equal(status, 0);
    const input = await readQualificationInput([{ name: 't.xlsx', bytes }]);
    assert.ok(input.kind === 'ok');
    assert.deepEqual(input.value.qualification, { occupations: [{ standard: 'ST0901', version: '1.1' }], units: [] });
  });

  it('writes a file, in the format its name ends in', async () => {
    const { status, out } = await htq('template', 'ST0901@1.0', ...by, '--output', 'blank.ods');
    assert.equal(status, 0);
    assert.equal(out, '');
    const input = await readQualificationInput([{ name: 'blank.ods', bytes: readFileSync(join(folder, 'blank.ods')) }]);
    assert.ok(input.kind === 'ok' && input.value.origin.kind === 'sheets');
    assert.equal(input.value.origin.format, 'ods');
  });

  it('tells every standard that is not known', async () => {
    const { status, out, err } = await htq('template', 'ST0901@3.0', 'ST0902', 'Tester', ...by);
    assert.equal(status, 2);
    assert.equal(out, '');
    assert.deepEqual(err.split('\n'), [
      'htq: ST0901 has no version "3.0" here: it is known in 1.1, 1.0.',
      'htq: The standard ST0902 is not known.',
      'htq: "Tester" is no reference of a standard: expected one such as ST0127 or ST0127@1.2.',
      '',
    ]);
    assert.match(
      (await htq('template', 'ST0901', ...by, '--format', 'csv')).err,
      /--format: found "csv", expected xlsx or ods/,
    );
  });
});

describe('htq workbook', () => {
  for (const format of ['xlsx', 'ods'])
    it(`writes a qualification out as ${format}, which checks the same and reads back`, async () => {
      assert.equal((await htq('workbook', bad, ...by, '--output', `bad.${format}`)).status, 0);
      const fromJson = await htq('check', bad, ...by, '--json');
      const fromSheets = await htq('check', `bad.${format}`, ...by, '--json');
      assert.equal(fromSheets.status, 1);
      assert.deepEqual(JSON.parse(fromSheets.out), JSON.parse(fromJson.out));
      const back = await htq('workbook', `bad.${format}`, '--json', '--output', 'back.json');
      assert.equal(back.status, 0);
      assert.equal((await htq('check', 'back.json', ...by, '--json')).out, fromJson.out);
    });

  it('writes two CSV files, which are checked together', async () => {
    assert.equal((await htq('workbook', good, ...by, '--output', 'good.csv')).status, 0);
    const { status, out } = await htq('check', 'good-mapping.csv', 'good-structure.csv', ...by);
    assert.equal(status, 0, out);
    const half = await htq('check', 'good-structure.csv', ...by);
    assert.equal(half.status, 1, 'nothing is mapped');
  });
});
