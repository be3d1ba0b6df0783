import { counted, listed, thousands } from '#web/words.ts';
import { standardVersionPath } from '../../../standards/paths.ts';
import type { CheckResult, OccupationResult } from '../../domain/check-result.ts';
import { ruleOf } from '../../domain/check-rules.ts';
import { type ClaimRequirement, runningPathways, unitCoverage } from '../../domain/pose-question.ts';
import type { Choice, FileBounds, Offer, Qualification } from '../../domain/qualification-file.ts';
import { isLeftOut, verdictWords } from '../../domain/verdict-words.ts';
import { rulePath } from '../../paths.ts';

type Remark = {
  readonly text: string;
  readonly rule: { readonly title: string; readonly href: string } | null;
};

type KsbLine = { readonly code: string; readonly text: string };
type UnitLine = { readonly code: string; readonly title: string };

/** What the verdict page shows; `page.njk` has nothing else. */
export type VerdictModel = {
  readonly caption: string;
  readonly tone: 'pass' | 'fail' | 'open';
  readonly sentence: string;
  readonly lines: readonly string[];
  readonly notes: readonly string[];
  readonly narrowed: boolean;
  readonly counterexample: {
    readonly words: string;
    readonly pathway: string | null;
    readonly units: readonly (UnitLine & { readonly chosen: boolean })[];
    readonly misses: readonly { readonly title: string; readonly ksbs: readonly KsbLine[] }[];
  } | null;
  readonly claims: readonly ClaimModel[];
  readonly remarks: readonly Remark[];
  readonly offer: OfferModel;
  readonly grids: readonly GridModel[];
  /** The qualification as JSON: the form sends it along, since nothing is kept here. */
  readonly qualificationText: string;
};

type ClaimModel = {
  readonly title: string;
  readonly href: string;
  readonly fictional: boolean;
  readonly words: string;
  readonly bar: {
    readonly label: string;
    readonly parts: readonly { readonly name: string; readonly x: number; readonly width: number }[];
  } | null;
  readonly parts: readonly {
    readonly name: string;
    readonly title: string;
    readonly open: boolean;
    readonly ksbs: readonly KsbLine[];
  }[];
  readonly setAside: readonly {
    readonly code: string;
    readonly what: string;
    readonly reason: string;
    readonly acceptedBy: string;
  }[];
};

type OfferModel = {
  readonly applied: boolean;
  readonly pathways: readonly { readonly name: string; readonly ticked: boolean }[];
  readonly groups: readonly {
    readonly legend: string;
    readonly units: readonly (UnitLine & { readonly id: number; readonly ticked: boolean })[];
  }[];
};

type GridModel = {
  readonly title: string;
  readonly words: string;
  readonly units: readonly UnitLine[];
  readonly rows: readonly {
    readonly code: string;
    readonly text: string;
    readonly tone: 'never' | 'sometimes' | null;
    readonly cells: readonly ('full' | 'part' | null)[];
    readonly words: string;
  }[];
};

export type Checked = {
  readonly qualification: Qualification;
  readonly requirements: readonly ClaimRequirement[];
  readonly fictional: ReadonlySet<string>;
  readonly offer: Offer | null;
  readonly result: CheckResult;
  /** What of a workbook was left out or looks strange. */
  readonly notes: readonly string[];
};

export const verdictModel = (checked: Checked): VerdictModel => {
  const { qualification, requirements, offer, result } = checked;
  const words = verdictWords(result, qualification, requirements, offer !== null);
  return {
    caption: `${qualification.title} · Level ${qualification.level} · ${qualification.awardingOrganisation}`,
    tone: words.tone,
    sentence: words.sentence,
    lines: words.lines,
    notes: checked.notes,
    narrowed: offer !== null,
    counterexample: counterexampleModel(checked),
    claims: requirements.map((requirement, index) => claimModel(checked, requirement, result.occupations[index])),
    remarks: remarks(checked),
    offer: offerModel(qualification, offer),
    grids: grids(checked),
    qualificationText: JSON.stringify(qualification),
  };
};

const textsOf = (requirement: ClaimRequirement): ReadonlyMap<string, string> =>
  new Map(requirement.ksbs.map((ksb) => [ksb.code, ksb.text]));

const ksbLines = (requirement: ClaimRequirement, codes: readonly string[]): readonly KsbLine[] => {
  const texts = textsOf(requirement);
  return codes.map((code) => ({ code, text: texts.get(code) ?? '' }));
};

const unitTitle = (qualification: Qualification, code: string): string =>
  qualification.units.find((unit) => unit.code === code)?.title ?? '';

const counterexampleModel = ({ qualification, requirements, result }: Checked): VerdictModel['counterexample'] => {
  const one = result.counterexample;
  if (!one) return null;
  const pathway = qualification.rules?.pathways?.find((candidate) => candidate.name === one.pathway);
  const mandatory = new Set(
    qualification.rules
      ? [...(qualification.rules.mandatory ?? []), ...(pathway?.mandatory ?? [])]
      : qualification.units.map((unit) => unit.code),
  );
  const misses = requirements.flatMap((requirement) => {
    const codes = one.missing[requirement.id];
    return codes ? [{ title: requirement.title, ksbs: ksbLines(requirement, codes) }] : [];
  });
  const only = result.combinations.failing === '1';
  const worst = result.unsettled.includes('counterexample')
    ? 'One of them; there was no time to look for the one that misses the most.'
    : only
      ? 'It is the only one that falls short.'
      : 'Of all that fall short, this is the one that misses the most.';
  return {
    words: `The rules permit a learner to take these ${counted(one.units.length, 'unit')}. ${worst}`,
    pathway: one.pathway,
    units: one.units.map((code) => ({ code, title: unitTitle(qualification, code), chosen: !mandatory.has(code) })),
    misses,
  };
};

const claimModel = (
  checked: Checked,
  requirement: ClaimRequirement,
  result: OccupationResult | undefined,
): ClaimModel => {
  const { claim } = requirement;
  const leftOut = isLeftOut(checked.qualification, checked.result, requirement.id);
  const setAside = [
    ...(claim.exclude ?? []).map((one) => ({ ...one, what: 'Not required' })),
    ...(claim.partly ?? []).map((one) => ({ ...one, what: 'Part is enough' })),
  ].map((one) => ({ code: one.ksb, what: one.what, reason: one.reason, acceptedBy: one.acceptedBy || 'Nobody named' }));
  const parts = result
    ? [
        { name: 'always', title: 'Covered on every combination', codes: result.always, open: false },
        { name: 'sometimes', title: 'Covered on some combinations', codes: result.sometimes, open: true },
        { name: 'never', title: 'Covered on no combination', codes: result.never, open: true },
      ].flatMap(({ codes, open, ...part }) =>
        codes ? [{ ...part, open: open && codes.length > 0, ksbs: ksbLines(requirement, codes) }] : [],
      )
    : [];
  return {
    title: `${requirement.title}, ${claim.standard} version ${claim.version}`,
    href: standardVersionPath(claim.standard, claim.version),
    fictional: checked.fictional.has(claim.standard),
    words: claimWords(requirement, result, leftOut),
    bar: result && !leftOut ? barModel(result) : null,
    parts: leftOut ? [] : parts,
    setAside,
  };
};

const claimWords = (requirement: ClaimRequirement, result: OccupationResult | undefined, leftOut: boolean): string => {
  const required = `${counted(requirement.ksbs.length, 'KSB')} ${requirement.ksbs.length === 1 ? 'is' : 'are'} required.`;
  if (!result) return required;
  if (leftOut) return `${required} No pathway that runs here leads to it.`;
  if (result.onEveryCombination) return `${required} Every combination that answers to this claim covers all of them.`;
  const least =
    result.worst === null ? '' : ` The combination that covers the fewest covers ${thousands(result.worst)} of them.`;
  const reached =
    result.reached === null
      ? ''
      : result.reached
        ? ' Some combinations cover all of them.'
        : ' No combination covers all of them.';
  return `${required}${reached}${least}`;
};

const barModel = (result: OccupationResult): ClaimModel['bar'] => {
  const { always, sometimes, never } = result;
  if (!always || !sometimes || !never) return null;
  let x = 0;
  const parts = Object.entries({ always, sometimes, never }).map(([name, codes]) => {
    const width = (100 * codes.length) / result.required;
    const part = { name, x, width };
    x += width;
    return part;
  });
  return {
    label: `Of ${result.required} required KSBs, ${always.length} are covered on every combination, ${sometimes.length} on some, ${never.length} on none.`,
    parts: parts.filter((part) => part.width > 0),
  };
};

const remarks = ({ qualification, result }: Checked): readonly Remark[] => {
  const always = result.units.inEveryCombination ?? [];
  const named = (codes: readonly string[]) => listed(codes.map((code) => `${code} ${unitTitle(qualification, code)}`));
  return [
    ...result.advice.map((one) => {
      const rule = ruleOf(one.code);
      return { text: one.message, rule: rule ? { title: rule.title, href: rulePath(rule.id) } : null };
    }),
    ...(always.length > 0
      ? [
          {
            text: `Optional in name only, since the rules put ${always.length === 1 ? 'it' : 'them'} in every combination: ${named(always)}.`,
            rule: null,
          },
        ]
      : []),
  ];
};

const boundsWords = (bounds: FileBounds | undefined, one: string): readonly string[] => {
  const { min, max } = bounds ?? {};
  if (min === undefined && max === undefined) return [];
  if (min !== undefined && min === max) return [counted(min, one)];
  if (max === undefined) return [`at least ${counted(min ?? 0, one)}`];
  return [min === undefined ? `up to ${counted(max, one)}` : `${min} to ${counted(max, one)}`];
};

const groupLegend = (choice: Choice, pathway: string | null): string => {
  const rules = [...boundsWords(choice.units, 'unit'), ...boundsWords(choice.credits, 'credit')];
  const name = choice.name ?? `Choose from ${counted(choice.from.length, 'unit')}`;
  return `${pathway ? `${pathway}: ` : ''}${name}${rules.length > 0 ? ` (${listed(rules)})` : ''}`;
};

const offerModel = (qualification: Qualification, offer: Offer | null): OfferModel => {
  const { rules } = qualification;
  const ticked = offer ? new Set(offer.units) : null;
  const place = new Map(qualification.units.map((unit, index) => [unit.code, index]));
  // A unit that stands in groups of several pathways is ticked in one place.
  const shown = new Set<string>();
  const group = (choice: Choice, pathway: string | null) => ({
    legend: groupLegend(choice, pathway),
    units: choice.from
      .filter((code) => !shown.has(code) && shown.add(code))
      .map((code) => ({
        code,
        title: unitTitle(qualification, code),
        id: place.get(code) ?? 0,
        ticked: ticked?.has(code) ?? true,
      })),
  });
  const groups = [
    ...(rules?.choose ?? []).map((choice) => group(choice, null)),
    ...(rules?.pathways ?? []).flatMap((pathway) =>
      (pathway.choose ?? []).map((choice) => group(choice, pathway.name)),
    ),
  ];
  return {
    applied: offer !== null,
    pathways: (rules?.pathways ?? []).map((pathway) => ({
      name: pathway.name,
      ticked: runningPathways([pathway], offer).length > 0,
    })),
    groups: groups.filter((one) => one.units.length > 0),
  };
};

const grids = ({ qualification, requirements, result, offer }: Checked): readonly GridModel[] => {
  const shown = qualification.units.filter((unit) => !offer || offer.units.includes(unit.code));
  return requirements.map((requirement, index) => {
    const coverage = shown.map((unit) => unitCoverage(unit, requirement.claim.standard));
    const occupation = result.occupations[index];
    const never = new Set(occupation?.never);
    const sometimes = new Set(occupation?.sometimes);
    const rows = requirement.ksbs.map((ksb) => {
      const cells = coverage.map(({ full, part }) =>
        full.has(ksb.code) ? 'full' : part.has(ksb.code) ? 'part' : null,
      );
      const holders = shown.flatMap((unit, at) =>
        cells[at] === null ? [] : [`${unit.code} ${unit.title}${cells[at] === 'part' ? ' (part)' : ''}`],
      );
      return {
        code: ksb.code,
        text: ksb.text,
        tone: never.has(ksb.code) ? ('never' as const) : sometimes.has(ksb.code) ? ('sometimes' as const) : null,
        cells,
        words: holders.length > 0 ? listed(holders) : 'No unit',
      };
    });
    return {
      title: requirement.title,
      words: `${counted(rows.length, 'KSB')} down, ${counted(shown.length, 'unit')} across. A row marked ✕ is covered on no combination, one marked △ on some but not on every one.`,
      units: shown.map((unit) => ({ code: unit.code, title: unit.title })),
      rows,
    };
  });
};
