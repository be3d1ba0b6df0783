import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The real structure of a Higher National, as facts: numbers, titles, credits, levels and pathways. */
type Structure = {
  readonly units: readonly {
    readonly number: number;
    readonly title: string;
    readonly credits: number;
    readonly level: number;
    readonly core: boolean;
  }[];
  readonly pathways: readonly {
    readonly name: string;
    readonly level4Specialist: readonly number[];
    readonly level5Specialist: readonly number[];
    readonly optionalRecorded: readonly number[];
  }[];
};

export type Bank = 'whole' | 'recorded';

const code = (unit: number): string => `HN${String(unit).padStart(2, '0')}`;

/**
 * The Higher National Diploma in Computing as a qualification file. Mandatory: the core. A pathway: its specialist
 * units, one optional unit at level 4, and optional units at level 5 up to 120 credits at that level. `bank` says what
 * the optional units are: every other unit of that level, or only those that the source recorded for the pathway.
 *
 * There is no human mapping of these units to KSBs: the one here is synthetic, for the count and the walk alone. Core unit
 * `n` covers every KSB whose place leaves `n` when divided among the core units, so that the core covers everything.
 */
export const higherNational = (
  folder: string,
  claim: { readonly standard: string; readonly version: string; readonly ksbs: readonly string[] },
  bank: Bank,
  onlyPathways: readonly string[] | null = null,
) => {
  const structure = JSON.parse(readFileSync(join(folder, 'hn-computing-2023-issue-4.json'), 'utf8')) as Structure;
  const core = structure.units.filter((unit) => unit.core);
  const level5Core = core.filter((unit) => unit.level === 5).reduce((sum, unit) => sum + unit.credits, 0);
  const optional = (level: number, without: readonly number[], recorded: readonly number[]) =>
    structure.units
      .filter((unit) => unit.level === level && !unit.core && !without.includes(unit.number))
      .filter((unit) => bank === 'whole' || recorded.includes(unit.number))
      .map((unit) => code(unit.number));
  return {
    title: 'Higher National Diploma in Computing (synthetic mapping)',
    awardingOrganisation: 'Pearson',
    level: 5,
    occupations: [{ standard: claim.standard, version: claim.version }],
    units: structure.units.map((unit) => {
      const place = core.indexOf(unit);
      return {
        code: code(unit.number),
        title: unit.title,
        level: unit.level,
        credits: unit.credits,
        covers: { [claim.standard]: claim.ksbs.filter((_, at) => place >= 0 && at % core.length === place) },
      };
    }),
    rules: {
      mandatory: core.map((unit) => code(unit.number)),
      pathways: structure.pathways
        .filter((pathway) => !onlyPathways || onlyPathways.includes(pathway.name))
        .map((pathway) => {
          const specialist = [...pathway.level4Specialist, ...pathway.level5Specialist];
          const specialist5 = pathway.level5Specialist.length * 15;
          return {
            name: pathway.name,
            mandatory: specialist.map(code),
            choose: [
              { name: 'Level 4', from: optional(4, specialist, pathway.optionalRecorded), units: { min: 1, max: 1 } },
              {
                name: 'Level 5',
                from: optional(5, specialist, pathway.optionalRecorded),
                credits: { min: 120 - level5Core - specialist5, max: 120 - level5Core - specialist5 },
              },
            ],
          };
        }),
      credits: { min: 240, max: 240 },
      levels: [{ level: 5, credits: { min: 120, max: 120 } }],
    },
  };
};
