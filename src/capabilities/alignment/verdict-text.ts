import type { CheckResult, OccupationResult } from './domain/check-result.ts';
import type { ClaimRequirement } from './domain/pose-question.ts';
import type { Qualification } from './domain/qualification-file.ts';
import { isLeftOut, verdictWords } from './domain/verdict-words.ts';

/** What a verdict is told from. */
export type Told = {
  readonly result: CheckResult;
  readonly qualification: Qualification;
  readonly requirements: readonly ClaimRequirement[];
  /** What the offer that was checked calls itself; `null` when the whole qualification was. */
  readonly offer: string | null;
};

/** The verdict for a terminal: the sentence of the page first, then what it rests on, then what to look at. */
export const verdictText = (told: Told): string => {
  const words = verdictWords(told.result, told.qualification, told.requirements, told.offer !== null);
  return [
    words.sentence,
    ...words.lines,
    ...(told.offer === null ? [] : [`This is of the offer ${told.offer}, not of the whole qualification.`]),
    'This is worked out from the mapping given. It is no approval.',
    ...counterexample(told),
    ...unreached(told),
    ...occupations(told),
    ...setAside(told),
    ...units(told),
    ...advice(told),
  ]
    .map((line) => `${line}\n`)
    .join('');
};

const claimWords = ({ requirements }: Told, id: string): string => {
  const one = requirements.find((requirement) => requirement.id === id);
  return one ? `${one.title}, ${one.claim.standard} version ${one.claim.version}` : id;
};

const unitLines = ({ qualification }: Told, codes: readonly string[]): readonly string[] =>
  codes.map((code) => `  ${code}  ${qualification.units.find((unit) => unit.code === code)?.title ?? ''}`.trimEnd());

const ksbLines = ({ requirements }: Told, id: string, codes: readonly string[]): readonly string[] => {
  const ksbs = requirements.find((requirement) => requirement.id === id)?.ksbs ?? [];
  return codes.map((code) => `  ${code}  ${ksbs.find((ksb) => ksb.code === code)?.text.replaceAll(/\s+/g, ' ') ?? ''}`);
};

const counterexample = (told: Told): readonly string[] => {
  const example = told.result.counterexample;
  if (!example) return [];
  return [
    '',
    `A combination that falls short${example.pathway === null ? '' : `, on the pathway ${example.pathway}`}:`,
    ...unitLines(told, example.units),
    ...Object.entries(example.missing).flatMap(([id, codes]) => [
      `Of ${claimWords(told, id)}, it misses ${codes.length}:`,
      ...ksbLines(told, id, codes),
    ]),
  ];
};

const unreached = (told: Told): readonly string[] =>
  told.result.unreached.flatMap((id) => {
    const never = told.result.occupations.find((one) => one.id === id)?.never ?? [];
    return never.length === 0 || isLeftOut(told.qualification, told.result, id)
      ? []
      : ['', `Of ${claimWords(told, id)}, no combination covers ${never.length}:`, ...ksbLines(told, id, never)];
  });

const occupations = (told: Told): readonly string[] =>
  told.result.occupations.length === 0
    ? []
    : [
        '',
        'Occupations claimed:',
        ...told.result.occupations.map(
          (one) =>
            `  ${claimWords(told, one.id)}: ${isLeftOut(told.qualification, told.result, one.id) ? 'no pathway that runs here leads to it.' : occupationWords(one)}`,
        ),
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

const setAside = ({ requirements }: Told): readonly string[] => {
  const lines = requirements.flatMap(({ claim, title }) =>
    (
      [
        ['exclude', 'not required'],
        ['partly', 'part is enough'],
      ] as const
    ).flatMap(([key, word]) =>
      (claim[key] ?? []).map(
        (one) =>
          `  ${one.ksb} of ${title}, ${word}: ${one.reason} (${one.acceptedBy ? `accepted by ${one.acceptedBy}` : 'nobody is named who accepted it'})`,
      ),
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
