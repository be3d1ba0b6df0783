import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readStandard } from '#cap/standards';
import { plainText } from '#platform/documents/plain-text.ts';
import { readSheets } from '#platform/sheets/read-sheets.ts';
import { writeCsv } from '#platform/sheets/write-csv.ts';
import { writeOds } from '#platform/sheets/write-ods.ts';
import { writeXlsx } from '#platform/sheets/write-xlsx.ts';
import { knownStandards } from '../domain/known-standards.ts';
import { normalForm } from '../domain/normal-form.ts';
import type { Choice, Coverage, Qualification } from '../domain/qualification-file.ts';
import { qualificationFromWorkbook } from '../domain/qualification-from-workbook.ts';
import { readQualification } from '../domain/qualification-problems.ts';
import { workbookAsCsv } from '../domain/workbook-as-csv.ts';
import { workbookOf } from '../domain/workbook-from-qualification.ts';
import { joinList, type SheetRows, splitList } from '../domain/workbook-layout.ts';
import type { LaidOutSheet } from '../domain/workbook-sheet.ts';
import { readWithStandards } from './claimed-standards.ts';

const record = (
  referenceNumber: string,
  version: string,
  ksbs: readonly [number, number, number],
  options: readonly string[] = [],
) => {
  const items = (letter: string, count: number, key: string) =>
    Array.from({ length: count }, (_, index) => ({
      [key]: `${letter}${index}`,
      detail: `${letter}${index + 1} of ${referenceNumber}: =apply "rules", & <so> on;\nand on`,
    }));
  return {
    referenceNumber,
    version,
    title: `Occupation ${referenceNumber}`,
    level: 4,
    knowledges: items('K', ksbs[0], 'knowledgeId'),
    skills: items('S', ksbs[1], 'skillId'),
    behaviours: items('B', ksbs[2], 'behaviourId'),
    options: options.map((title, index) => ({ optionId: `o${index}`, title })),
    duties: options.map((_, index) => ({ dutyDetail: 'd', mappedOptions: [`o${index}`], mappedSkills: [`S${index}`] })),
  };
};

const standards = [
  record('ST0901', '1.0', [6, 5, 3]),
  record('ST0902', '1.10', [4, 4, 0], ['Sales, marketing and "more"', 'Cloud']),
  record('ST0903', '2.1', [3, 12, 2]),
].map((raw) => {
  const read = readStandard(raw);
  return read.kind === 'ok' ? read.value : assert.fail(JSON.stringify(read.refusal));
});
const known = knownStandards(standards, plainText);

/** mulberry32: small, and the same everywhere. */
const randomFrom = (seed: number) => {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    chance: (share: number) => next() < share,
    pick: <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item,
    some: <Item>(items: readonly Item[], share: number): Item[] => items.filter(() => next() < share),
  };
};
type Random = ReturnType<typeof randomFrom>;

const words = [
  '=SUM(A1)',
  '-5',
  "'quoted",
  'Réseaux',
  'a, b; c',
  '"x"',
  'two\nlines',
  '  kept  inside',
  '1.0',
  '007',
  'K1',
  '[Structure]',
  '#REF',
  '12/01/2026',
  'TRUE',
  '_x0041_',
  '(3)',
  'tab\there',
];
const text = (random: Random) => `${random.pick(words)} ${random.below(50)}`;

const coverage = (random: Random, references: readonly string[]): Coverage =>
  Object.fromEntries(
    references
      .map((reference): [string, string[]] => [
        reference,
        random.some(standards.find((one) => one.reference === reference)?.ksbs.map((ksb) => ksb.code) ?? [], 0.2),
      ])
      .filter(() => random.chance(0.9)),
  );

const covers = (random: Random, references: readonly string[]) => ({
  ...(random.chance(0.8) ? { covers: coverage(random, references) } : {}),
  ...(random.chance(0.4) ? { partly: coverage(random, references) } : {}),
});

const bounds = (random: Random) => {
  const min = random.below(4);
  return { ...(random.chance(0.7) ? { min } : {}), ...(random.chance(0.6) ? { max: min + random.below(4) } : {}) };
};

const qualificationFrom = (seed: number): Qualification => {
  const random = randomFrom(seed);
  const claimed = random.some(standards, 0.6);
  const chosen = claimed.length > 0 ? claimed : standards.slice(0, 1);
  const occupations = chosen.flatMap((standard) => {
    const aside = () =>
      random.some(standard.ksbs, 0.1).map((ksb) => ({
        ksb: ksb.code,
        reason: text(random),
        ...(random.chance(0.5) ? { acceptedBy: text(random) } : {}),
      }));
    const claim = { standard: standard.reference, version: standard.version };
    const more = () => ({
      ...(random.chance(0.5) ? { exclude: aside() } : {}),
      ...(random.chance(0.5) ? { partly: aside() } : {}),
    });
    return standard.options.length > 0 && random.chance(0.6)
      ? standard.options.map((option, index) => ({
          id: `${standard.reference}/${index}, ${option.title}`,
          ...claim,
          option: option.title,
          ...more(),
        }))
      : [{ ...(random.chance(0.3) ? { id: text(random) } : {}), ...claim, ...more() }];
  });
  const references = chosen.map((standard) => standard.reference);
  const codes = [
    ...new Set(
      Array.from({ length: 2 + random.below(14) }, (_, index) =>
        random.pick([
          `U${index}`,
          `${index}`,
          `Unit ${index}`,
          `a,"${index}"`,
          `=${index}`,
          'KSB',
          'Wording',
          `u${index}`,
        ]),
      ),
    ),
  ];
  const units = codes.map((code) => ({
    code,
    title: text(random),
    ...(random.chance(0.7) ? { level: 4 + random.below(2) } : {}),
    ...(random.chance(0.8) ? { credits: random.below(4) * 15 } : {}),
    ...(random.chance(0.3) ? { glh: random.below(90) } : {}),
    ...(random.chance(0.3)
      ? {
          outcomes: Array.from({ length: random.below(4) }, (_, index) => ({
            code: `LO${index}`,
            text: text(random),
            ...covers(random, references),
          })),
        }
      : {}),
    ...covers(random, references),
  }));
  const scope = (from: readonly string[]) => {
    const places = from.map((code) => ({ code, place: random.below(5) }));
    const at = (place: number) =>
      places
        .filter((one) => one.place === place)
        .map((one) => one.code)
        .toSorted(() => random.below(3) - 1);
    const choose = [1, 2, 3].flatMap((place): Choice[] =>
      at(place).length === 0
        ? []
        : [
            {
              ...(random.chance(0.7)
                ? { name: random.pick(['Optional', 'optional', 'Mandatory', '(2)', text(random)]) }
                : {}),
              from: at(place),
              ...(random.chance(0.7) ? { units: bounds(random) } : {}),
              ...(random.chance(0.3) ? { credits: bounds(random) } : {}),
            },
          ],
    );
    return {
      rest: at(4),
      rules: { ...(random.chance(0.9) ? { mandatory: at(0) } : {}), ...(random.chance(0.9) ? { choose } : {}) },
    };
  };
  const top = scope(codes);
  const ids = occupations.map((claim) => ('id' in claim && claim.id ? claim.id : claim.standard));
  const pathways = Array.from({ length: random.below(3) }, (_, index) => ({
    name: `${random.pick(['Networks', 'networks', 'Cyber, cloud', '=P'])} ${index}`,
    ...scope(top.rest).rules,
    ...(index > 0 && random.chance(0.5) ? { occupations: [random.pick(ids)] } : {}),
  }));
  return {
    title: text(random),
    awardingOrganisation: text(random),
    level: random.chance(0.5) ? 4 : 5,
    ...(random.chance(0.5) ? { guarantee: random.chance(0.5) ? 'any' : 'each' } : {}),
    occupations,
    units,
    ...(random.chance(0.9)
      ? {
          rules: {
            ...top.rules,
            ...(pathways.length > 0 ? { pathways } : {}),
            ...(random.chance(0.5) ? { credits: bounds(random) } : {}),
            ...(random.chance(0.4) ? { levels: [{ level: 5, credits: bounds(random) }] } : {}),
            ...(random.chance(0.4) ? { barred: [[codes[0] ?? '', ...random.some(codes.slice(1), 0.3)]] } : {}),
            ...(random.chance(0.4) ? { requires: [{ unit: random.pick(codes), needs: [random.pick(codes)] }] } : {}),
          },
        }
      : {}),
  };
};

const title = (seed: number) => `random qualification ${seed}`;

const ways: Readonly<Record<string, (sheets: readonly LaidOutSheet[]) => Promise<readonly SheetRows[]>>> = {
  'the sheets themselves': async (sheets) => sheets,
  XLSX: async (sheets) => read('q.xlsx', await writeXlsx({ title: 'Q', sheets })),
  ODS: async (sheets) => read('q.ods', writeOds({ title: 'Q', sheets })),
  'two CSV files': async (sheets) => {
    const pair = workbookAsCsv(sheets);
    return [...(await read('b.csv', writeCsv(pair.mapping))), ...(await read('a.csv', writeCsv(pair.structure)))];
  },
};

const read = async (name: string, bytes: Uint8Array): Promise<readonly SheetRows[]> => {
  const file = await readSheets(name, bytes);
  return file.kind === 'ok' ? file.value.sheets : assert.fail(file.refusal.message);
};

describe('a qualification goes through a workbook and comes back the same', () => {
  for (const [way, through] of Object.entries(ways))
    it(`by ${way}`, async () => {
      const count = way === 'the sheets themselves' ? 400 : 40;
      for (let seed = 1; seed <= count; seed += 1) {
        const given = readQualification(qualificationFrom(seed), known);
        if (given.kind === 'refused') assert.fail(`${title(seed)}: ${JSON.stringify(given.refusal)}`);
        const reading = qualificationFromWorkbook(await through(workbookOf(given.value, standards)));
        assert.deepEqual(reading.problems, [], title(seed));
        const back = readQualification(reading.qualification, known);
        if (back.kind === 'refused') assert.fail(`${title(seed)}: ${JSON.stringify(back.refusal)}`);
        assert.deepEqual(normalForm(back.value), normalForm(given.value), title(seed));
        assert.deepEqual(reading.notes, [], title(seed));
      }
    });
});

it('keeps codes with commas and quotation marks apart in one cell', () => {
  for (const codes of [['A', 'B'], ['a,b', 'c"d', '"', 'e;f', 'g h'], []])
    assert.deepEqual(splitList(joinList(codes)), codes);
  assert.deepEqual(splitList('K1;K2 , K3\nK4,,'), ['K1', 'K2', 'K3', 'K4']);
});

const examples = join(import.meta.dirname, '../../../../examples');
const jsonIn = (folder: string): readonly unknown[] => {
  const path = join(examples, folder);
  const names = existsSync(path) ? readdirSync(path).filter((name) => name.endsWith('.json')) : [];
  return names.map((name): unknown => JSON.parse(readFileSync(join(path, name), 'utf8')));
};

it('the examples too', async () => {
  const records = jsonIn('standards').flat();
  for (const example of jsonIn('qualifications')) {
    const given = readWithStandards(example, records);
    // One example shows what errors look like.
    if (given.kind === 'wrong') continue;
    for (const through of Object.values(ways)) {
      const reading = qualificationFromWorkbook(await through(workbookOf(given.qualification, given.standards)));
      const back = readWithStandards(reading.qualification, records);
      assert.deepEqual(reading.problems, []);
      assert.deepEqual(back.kind === 'ok' && normalForm(back.qualification), normalForm(given.qualification));
    }
  }
});
