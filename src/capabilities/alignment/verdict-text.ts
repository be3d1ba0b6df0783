import type { ClaimableStandard } from '#cap/standards';
import type { CheckResult, OccupationResult } from './domain/check-result.ts';
import { claimId, type Qualification } from './domain/qualification-file.ts';

/** What a verdict is told from. */
export type Told = {
  readonly result: CheckResult;
  readonly qualification: Qualification;
  readonly standards: readonly ClaimableStandard[];
  /** What the offer that was checked calls itself; `null` when the whole qualification was. */
  readonly offer: string | null;
  readonly timeLimitSeconds: number;
};

const counted = (decimal: string | null): string =>
  decimal === null ? 'many' : BigInt(decimal).toLocaleString('en-GB');

const percent = (share: number): string => {
  const value = share * 100;
  return `${value >= 1 ? value.toFixed(1) : value.toPrecision(2)}%`;
};

const joined = (words: readonly string[], and: string): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${and} ${words.at(-1)}`;

/** The verdict in plain words: a sentence first, then what it rests on, then what to look at. */
export const verdictText = (told: Told): string =>
  [
    sentence(told),
    'This is worked out from the mapping given. This is no approval.',
    ...counterexample(told),
    ...unreached(told),
    ...occupations(told),
    ...setAside(told),
    ...units(told),
    ...advice(told),
    ...unsettled(told),
  ]
    .map((part) => `${part}\n`)
    .join('');

const claimOf = ({ qualification }: Told, id: string) =>
  qualification.occupations.find((claim) => claimId(claim) === id);

const standardOf = (told: Told, id: string): ClaimableStandard | undefined => {
  const claim = claimOf(told, id);
  return told.standards.find((one) => one.reference === claim?.standard && one.version === claim?.version);
};

/** `Network engineer`, or the option where one is claimed. */
const shortTitle = (told: Told, id: string): string => claimOf(told, id)?.option ?? standardOf(told, id)?.title ?? id;

const fullTitle = (told: Told, id: string): string => {
  const claim = claimOf(told, id);
  const of = claim?.option ? `an option of ${standardOf(told, id)?.title ?? ''}, ` : '';
  return `${shortTitle(told, id)} (${of}${claim?.standard ?? id} version ${claim?.version ?? ''})`;
};

const sentence = (told: Told): string => {
  const { result, qualification, offer } = told;
  const total = result.combinations.total;
  const titles = qualification.occupations.map((claim) => shortTitle(told, claimId(claim)));
  const target =
    titles.length === 1
      ? (titles[0] ?? '')
      : result.guarantee === 'any'
        ? `at least one of ${joined(titles, 'and')}`
        : `each of ${joined(titles, 'and')}`;
  const where = offer === null ? '' : ` of the offer ${offer}`;
  const permitted = `permitted combinations${where}`;
  switch (result.verdict) {
    case 'proved':
      if (total === '1') return `The one permitted combination${where} covers ${target}.`;
      return total === null
        ? `Every permitted combination${where} covers ${target}.`
        : `Every one of the ${counted(total)} ${permitted} covers ${target}.`;
    case 'no-combinations':
      return `The rules permit no combination${where} at all: nobody could take this qualification, so nothing is proved.`;
    case 'unsettled':
      return `Not settled: the time of ${told.timeLimitSeconds} seconds ended before every combination${where} was accounted for.`;
    case 'refuted':
      return refutedSentence(result, permitted, target);
  }
};

const refutedSentence = (result: CheckResult, permitted: string, target: string): string => {
  const { total, failing, estimate } = result.combinations;
  if (!result.counterexample)
    return `Every permitted combination covers what it must, and still a claim is not met: ${target}.`;
  if (failing !== null && total !== null)
    return failing === total
      ? `None of the ${counted(total)} ${permitted} covers ${target}.`
      : `${counted(failing)} of the ${counted(total)} ${permitted} ${failing === '1' ? 'does' : 'do'} not cover ${target}.`;
  if (estimate)
    return `About ${percent(estimate.share)} of the ${counted(total)} ${permitted} do not cover ${target} (between ${percent(estimate.low)} and ${percent(estimate.high)}, from ${counted(String(estimate.samples))} samples).`;
  return `Not every one of the ${counted(total)} ${permitted} covers ${target}.`;
};

const unitLines = ({ qualification }: Told, codes: readonly string[]): readonly string[] =>
  codes.map((code) => `  ${code}  ${qualification.units.find((unit) => unit.code === code)?.title ?? ''}`.trimEnd());

const ksbLines = (told: Told, id: string, codes: readonly string[]): readonly string[] =>
  codes.map((code) => {
    const text = standardOf(told, id)?.ksbs.find((ksb) => ksb.code === code)?.text ?? '';
    return `  ${code}  ${text.replaceAll(/\s+/g, ' ')}`;
  });

const counterexample = (told: Told): readonly string[] => {
  const example = told.result.counterexample;
  if (!example) return [];
  return [
    '',
    `A combination that falls short${example.pathway === null ? '' : `, on the pathway ${example.pathway}`}:`,
    ...unitLines(told, example.units),
    ...Object.entries(example.missing).flatMap(([id, codes]) => [
      `Of ${fullTitle(told, id)} it misses ${codes.length}:`,
      ...ksbLines(told, id, codes),
    ]),
  ];
};

const unreached = (told: Told): readonly string[] =>
  told.result.unreached.flatMap((id) => {
    const never = told.result.occupations.find((one) => one.id === id)?.never ?? [];
    return [
      '',
      `No combination covers all of ${fullTitle(told, id)}.`,
      ...(never.length > 0 ? ['Covered by no combination:', ...ksbLines(told, id, never)] : []),
    ];
  });

const occupations = (told: Told): readonly string[] =>
  told.result.occupations.length === 0
    ? []
    : [
        '',
        'Occupations claimed:',
        ...told.result.occupations.map((one) => `  ${fullTitle(told, one.id)}: ${occupationWords(one)}`),
      ];

const occupationWords = (one: OccupationResult): string => {
  const all = `${one.required} ${one.required === 1 ? 'KSB' : 'KSBs'} required`;
  if (one.onEveryCombination) return `${all}; every combination covers all of them.`;
  const least = one.worst === null ? '' : `; the least that a combination covers is ${one.worst}`;
  const reached =
    one.reached === null
      ? ''
      : one.reached
        ? '; some combination covers all of them'
        : '; no combination covers all of them';
  return `${all}${least}${reached}.`;
};

const setAside = (told: Told): readonly string[] => {
  const lines = told.qualification.occupations.flatMap((claim) =>
    (
      [
        ['exclude', 'not required'],
        ['partly', 'part is enough'],
      ] as const
    ).flatMap(([key, word]) =>
      (claim[key] ?? []).flatMap((one) => [
        `  ${one.ksb} of ${shortTitle(told, claimId(claim))}, ${word}: ${one.reason}${one.acceptedBy ? ` (accepted by ${one.acceptedBy})` : ' (nobody is named who accepted it)'}`,
      ]),
    ),
  );
  return lines.length === 0 ? [] : ['', 'Set aside, with the reasons given:', ...lines];
};

const units = (told: Told): readonly string[] => {
  const always = told.result.units.inEveryCombination ?? [];
  return always.length === 0
    ? []
    : ['', 'Optional in name only, since they are in every combination:', ...unitLines(told, always)];
};

const advice = ({ result }: Told): readonly string[] =>
  result.advice.length === 0 ? [] : ['', 'Advice:', ...result.advice.map((one) => `  ${one.message}`)];

const unsettled = ({ result, timeLimitSeconds }: Told): readonly string[] =>
  result.unsettled.length === 0 || result.verdict === 'unsettled'
    ? []
    : ['', `Not worked out within ${timeLimitSeconds} seconds: ${result.unsettled.join(', ')}.`];
