import type { Case, Qualification } from './proof-families.ts';

/**
 * The verdict's question as mixed-integer models in LP format, for the peer: per pathway, is there a permitted choice
 * that misses a KSB of every claim (`fail`); per claim and pathway, is there one that covers the claim (`reach`).
 * Built from the same file that the toolkit is given.
 */
export type Model = { readonly kind: 'fail' | 'reach'; readonly claim: string | null; readonly text: string };

export const models = (one: Case): readonly Model[] => {
  const { qualification } = one;
  const pathways = qualification.rules.pathways ?? [{ name: '', mandatory: [], choose: [] }];
  return pathways.flatMap((pathway) => {
    const scopes = [qualification.rules, pathway];
    const mandatory = new Set(scopes.flatMap((scope) => scope.mandatory ?? []));
    const groups = scopes.flatMap((scope) => scope.choose ?? []);
    const free = groups.flatMap((group) => group.from);
    const rows = ruleRows(qualification, mandatory, groups);
    const binaries = free.map(variable);
    const claims = qualification.occupations.map(({ standard }) => ({
      standard,
      ksbs: openKsbs(qualification, standard, mandatory, free),
    }));
    const missRows: string[] = [];
    const misses: string[] = [];
    claims.forEach(({ ksbs }, claim) => {
      const own: string[] = [];
      for (const [ksb, holders] of ksbs) {
        const miss = `m_${claim}_${ksb}`;
        own.push(miss);
        for (const unit of holders) missRows.push(`${variable(unit)} + ${miss} <= 1`);
      }
      misses.push(...own);
      missRows.push(own.length > 0 ? `${own.join(' + ')} >= 1` : `${variable(free[0] ?? '')} >= 2`);
    });
    const fail: Model = { kind: 'fail', claim: null, text: lp([...rows, ...missRows], [...binaries, ...misses]) };
    const reach = claims.map(
      ({ standard, ksbs }): Model => ({
        kind: 'reach',
        claim: standard,
        text: lp(
          [
            ...rows,
            ...[...ksbs.values()].map((holders) =>
              holders.length > 0 ? `${holders.map(variable).join(' + ')} >= 1` : `${variable(free[0] ?? '')} >= 2`,
            ),
          ],
          binaries,
        ),
      }),
    );
    return [fail, ...reach];
  });
};

const variable = (unit: string): string => `x_${unit.replaceAll('-', '_')}`;

const openKsbs = (
  qualification: Qualification,
  standard: string,
  mandatory: ReadonlySet<string>,
  free: readonly string[],
) => {
  const freeOnes = new Set(free);
  const byKsb = new Map<string, string[]>();
  const always = new Set<string>();
  for (const unit of qualification.units)
    for (const ksb of unit.covers[standard] ?? []) {
      if (mandatory.has(unit.code)) always.add(ksb);
      byKsb.set(ksb, [...(byKsb.get(ksb) ?? []), ...(freeOnes.has(unit.code) ? [unit.code] : [])]);
    }
  for (const ksb of always) byKsb.delete(ksb);
  return byKsb;
};

const ruleRows = (
  qualification: Qualification,
  mandatory: ReadonlySet<string>,
  groups: readonly {
    readonly from: readonly string[];
    readonly units: { readonly min?: number; readonly max?: number };
  }[],
): string[] => {
  const { rules } = qualification;
  const free = new Set(groups.flatMap((group) => group.from));
  const rows = groups.flatMap((group) => {
    const sum = group.from.map(variable).join(' + ');
    return [`${sum} >= ${group.units.min ?? 0}`, `${sum} <= ${group.units.max ?? group.from.length}`];
  });
  if (rules.credits) {
    const fixed = qualification.units.reduce((sum, unit) => sum + (mandatory.has(unit.code) ? unit.credits : 0), 0);
    const sum = qualification.units
      .filter((unit) => free.has(unit.code))
      .map((unit) => `${unit.credits} ${variable(unit.code)}`)
      .join(' + ');
    if (rules.credits.min !== undefined) rows.push(`${sum} >= ${rules.credits.min - fixed}`);
    if (rules.credits.max !== undefined) rows.push(`${sum} <= ${rules.credits.max - fixed}`);
  }
  for (const units of rules.barred ?? [])
    if (units.every((unit) => free.has(unit))) rows.push(`${units.map(variable).join(' + ')} <= ${units.length - 1}`);
  for (const { unit, needs } of rules.requires ?? [])
    if (free.has(unit)) for (const need of needs) rows.push(`${variable(unit)} - ${variable(need)} <= 0`);
  return rows;
};

const lp = (rows: readonly string[], binaries: readonly string[]): string =>
  `Minimize\n obj: 0 ${binaries[0]}\nSubject To\n${rows.map((row, at) => ` r${at}: ${row}`).join('\n')}\nBinary\n ${[...new Set(binaries)].join('\n ')}\nEnd\n`;
