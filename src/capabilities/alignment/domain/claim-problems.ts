import { claimedKsbs, type KnownStandards } from './known-standards.ts';
import { field, list, textOf } from './loose-reading.ts';
import { nearest } from './nearest.ts';
import type { PlacedProblem } from './shape-problems.ts';

/** Everything that can be wrong with the claims: which standard, which version, which option, what is set aside. */
export const claimProblems = (raw: unknown, standards: KnownStandards): readonly PlacedProblem[] => {
  const claims = field(raw, 'occupations');
  const problems: PlacedProblem[] = [];
  if (Array.isArray(claims) && claims.length === 0)
    problems.push({
      path: ['occupations'],
      message: 'the list is empty: a qualification claims at least one occupation',
    });
  const ids = new Set<string>();
  const versions = new Map<string, string>();
  list(claims).forEach((claim, index) => {
    const path = ['occupations', index] as const;
    const reference = textOf(field(claim, 'standard'));
    const version = textOf(field(claim, 'version'));
    const id = textOf(field(claim, 'id')) ?? reference;
    if (id !== undefined) {
      if (ids.has(id))
        problems.push({
          path: [...path, field(claim, 'id') === undefined ? 'standard' : 'id'],
          message: `another claim is called "${id}" already: give each an id of its own`,
        });
      ids.add(id);
    }
    if (reference === undefined) return;
    const known = standards.versionsOf(reference);
    if (known.length === 0) {
      const near = nearest(reference, new Set(standards.all.map((one) => one.reference)));
      problems.push({
        path: [...path, 'standard'],
        message: `the standard "${reference}" is not known${near ? `; did you mean ${near}?` : ''}`,
      });
      return;
    }
    if (version === undefined) {
      if (field(claim, 'version') === undefined)
        problems.push({ path: [...path, 'version'], message: `${reference} is known in the ${versionWords(known)}` });
      return;
    }
    const other = versions.get(reference);
    if (other !== undefined && other !== version)
      problems.push({
        path: [...path, 'version'],
        message: `${reference} is claimed in version ${other} already: one qualification speaks of one version of a standard`,
      });
    versions.set(reference, other ?? version);
    const standard = standards.find(reference, version);
    if (!standard) {
      problems.push({
        path: [...path, 'version'],
        message: `${reference} has no version "${version}" here: it is known in the ${versionWords(known)}`,
      });
      return;
    }
    const optionTitle = textOf(field(claim, 'option'));
    const option = optionTitle === undefined ? null : standards.findOption(standard, optionTitle);
    if (optionTitle !== undefined && !option) {
      const titles = standard.options.map((one) => `"${one.title}"`);
      problems.push({
        path: [...path, 'option'],
        message: `${reference} ${version} has no option "${optionTitle}"${titles.length > 0 ? `: its options are ${titles.join(', ')}` : ': it has no options'}`,
      });
    }
    const codes = new Set(standard.ksbs.map((ksb) => ksb.code));
    for (const key of ['exclude', 'partly'] as const) {
      const seen = new Set<string>();
      list(field(claim, key)).forEach((one, place) => {
        const code = textOf(field(one, 'ksb'));
        if (code === undefined) return;
        const at = [...path, key, place, 'ksb'];
        if (!codes.has(code)) problems.push({ path: at, message: unknownKsb(code, reference, version, codes) });
        else if (seen.has(code)) problems.push({ path: at, message: `${code} is listed twice` });
        seen.add(code);
      });
    }
    if (option === undefined) return;
    const excluded = new Set(list(field(claim, 'exclude')).map((one) => textOf(field(one, 'ksb'))));
    const claimed = claimedKsbs(standard, option?.id ?? null);
    if (claimed.every((ksb) => excluded.has(ksb.code)))
      problems.push({
        path: [...path],
        message:
          claimed.length === 0
            ? `the claim requires nothing: ${reference} ${version} has no KSBs ${option ? 'for this option' : standard.ksbs.length > 0 ? 'in its core: name an option' : 'at all'}`
            : 'the claim requires nothing: every KSB is excluded',
      });
  });
  return problems;
};

const versionWords = (versions: readonly string[]): string =>
  `${versions.length === 1 ? 'version' : 'versions'} ${versions.join(', ')}`;

const unknownKsb = (
  code: string,
  reference: string,
  version: string,
  codes: { readonly keys: () => Iterable<unknown> },
): string => {
  const near = nearest(code, codes.keys() as Iterable<string>);
  return `${reference} ${version} has no KSB "${code}"${near ? `; did you mean ${near}?` : ''}`;
};

/** A standard's codes by their place, with a mark for each that says in which list it was last seen. */
type KnownCodes = {
  readonly version: string;
  readonly places: ReadonlyMap<unknown, number>;
  readonly seen: Float64Array;
  round: number;
};

const knownCodes = (version: string, ksbs: readonly { readonly code: string }[]): KnownCodes => ({
  version,
  places: new Map(ksbs.map((ksb, place) => [ksb.code, place])),
  seen: new Float64Array(ksbs.length),
  round: 0,
});

const coverKeys = ['covers', 'partly'] as const;

/** Everything that can be wrong with what units and outcomes say they cover. */
export const coverageProblems = (raw: unknown, standards: KnownStandards): readonly PlacedProblem[] => {
  /** Codes of each claimed standard; `null` where the standard or version is not known, which is told at the claim. */
  const claimed = new Map<string, KnownCodes | null>();
  for (const claim of list(field(raw, 'occupations'))) {
    const reference = textOf(field(claim, 'standard'));
    if (reference === undefined || claimed.get(reference)) continue;
    const version = textOf(field(claim, 'version')) ?? '';
    const standard = standards.find(reference, version);
    claimed.set(reference, standard ? knownCodes(version, standard.ksbs) : null);
  }
  const problems: PlacedProblem[] = [];
  const read = (holder: unknown, place: () => readonly PropertyKey[]) => {
    for (const key of coverKeys) {
      const cover = field(holder, key);
      if (cover === null || typeof cover !== 'object' || Array.isArray(cover)) continue;
      for (const reference in cover) {
        const standard = claimed.get(reference);
        const codes = list(cover[reference as keyof typeof cover]);
        if (standard && isInOrder(codes, standard)) continue;
        const at = [...place(), key, reference];
        if (standard === undefined) {
          const near = nearest(reference, claimed.keys());
          problems.push({
            path: at,
            message: `no claim names the standard "${reference}"${near ? `; did you mean ${near}?` : ''}`,
          });
        }
        const seen = new Set<string>();
        codes.forEach((one, index) => {
          const code = textOf(one);
          if (code === undefined) return;
          if (seen.has(code)) problems.push({ path: [...at, index], message: `${code} is listed twice` });
          else if (standard && !standard.places.has(code))
            problems.push({
              path: [...at, index],
              message: unknownKsb(code, reference, standard.version, standard.places),
            });
          seen.add(code);
        });
      }
    }
  };
  list(field(raw, 'units')).forEach((unit, index) => {
    read(unit, () => ['units', index]);
    const outcomes = list(field(unit, 'outcomes'));
    const seen = new Set<string>();
    outcomes.forEach((outcome, place) => {
      const code = textOf(field(outcome, 'code'));
      if (code !== undefined && seen.has(code))
        problems.push({
          path: ['units', index, 'outcomes', place, 'code'],
          message: `another outcome of this unit has the code "${code}" already`,
        });
      if (code !== undefined) seen.add(code);
      read(outcome, () => ['units', index, 'outcomes', place]);
    });
  });
  return problems;
};

/** Every code known and none twice: so nearly every list is, and this is the quick way to see it. */
const isInOrder = (codes: readonly unknown[], known: KnownCodes): boolean => {
  known.round += 1;
  for (let index = 0; index < codes.length; index += 1) {
    const place = known.places.get(codes[index]);
    if (place === undefined || known.seen[place] === known.round) return false;
    known.seen[place] = known.round;
  }
  return true;
};
