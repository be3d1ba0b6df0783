import { seededNumbers } from '../../src/capabilities/alignment/domain/sampling.ts';

/** Small random qualifications with everything the rules can say, for the judge of the engine. */
export type RandomCase = { readonly qualification: unknown; readonly standards: readonly unknown[] };

export const randomCase = (seed: number): RandomCase => {
  const random = seededNumbers(seed * 7919 + 17);
  const below = (n: number) => Math.floor(random() * n);
  const chance = (share: number) => random() < share;
  const some = <Item>(items: readonly Item[], share: number): Item[] => items.filter(() => chance(share));

  const withOptions = chance(0.4);
  const optionIds = withOptions ? ['o1', 'o2'] : [];
  const standard = (reference: string) => {
    const item = (key: string, letter: string, count: number) =>
      Array.from({ length: count }, (_, index) => ({
        [key]: `${reference}-${letter}${index}`,
        detail: `${letter} ${index}`,
      }));
    const knowledges = item('knowledgeId', 'k', 1 + below(4));
    const skills = item('skillId', 's', below(4));
    const behaviours = item('behaviourId', 'b', below(2));
    const ids = (items: readonly Record<string, string>[]) =>
      some(
        items.map((one) => Object.values(one)[0] ?? ''),
        0.5,
      );
    return {
      referenceNumber: reference,
      versionNumber: '1.0',
      title: `Occupation ${reference}`,
      level: 4,
      status: 'Approved for delivery',
      knowledges,
      skills,
      behaviours,
      options: optionIds.map((optionId) => ({ optionId, title: ` Option ${optionId} &amp; more ` })),
      duties: withOptions
        ? Array.from({ length: 3 }, (_, index) => ({
            dutyID: `d${index}`,
            dutyDetail: 'does',
            isThisACoreDuty: chance(0.3) ? 1 : 0,
            mappedKnowledge: ids(knowledges),
            mappedSkills: ids(skills),
            mappedBehaviour: chance(0.3) ? null : ids(behaviours),
            mappedOptions: chance(0.2) ? null : [...some(optionIds, 0.6), ...(chance(0.1) ? ['gone'] : [])],
          }))
        : [],
    };
  };
  const references = ['ST9101', 'ST9102'];
  const standards = references.map(standard);
  const codesOf = (index: number): string[] => {
    const one = standards[index];
    return one
      ? [
          ...one.knowledges.map((_, at) => `K${at + 1}`),
          ...one.skills.map((_, at) => `S${at + 1}`),
          ...one.behaviours.map((_, at) => `B${at + 1}`),
        ]
      : [];
  };

  const claims: {
    id: string;
    standard: string;
    version: string;
    option?: string;
    exclude?: unknown[];
    partly?: unknown[];
  }[] = [];
  const claimCount = 1 + below(3);
  for (let index = 0; index < claimCount; index += 1) {
    const which = below(2);
    const codes = codesOf(which);
    claims.push({
      id: `claim ${index}`,
      standard: references[which] ?? '',
      version: '1.0',
      ...(withOptions && chance(0.6) ? { option: chance(0.5) ? 'Option o1 & more' : 'Option o2 &amp;  more' } : {}),
      ...(chance(0.4) ? { exclude: some(codes, 0.25).map((ksb) => ({ ksb, reason: 'taught at work' })) } : {}),
      ...(chance(0.5) ? { partly: some(codes, 0.4).map((ksb) => ({ ksb, reason: 'safer at work' })) } : {}),
    });
  }
  const claimed = [...new Set(claims.map((claim) => claim.standard))];

  const density = 0.15 + random() * 0.6;
  const cover = (share: number) =>
    Object.fromEntries(
      claimed.flatMap((reference) => {
        const codes = some(codesOf(references.indexOf(reference)), share);
        return codes.length > 0 ? [[reference, codes]] : [];
      }),
    );
  const unitCount = 3 + below(8);
  const units = Array.from({ length: unitCount }, (_, index) => ({
    code: `U${index}`,
    title: `Unit ${index}`,
    ...(chance(0.8) ? { level: 4 + below(2) } : {}),
    ...(chance(0.8) ? { credits: [10, 15, 15, 20, 30][below(5)] } : {}),
    ...(chance(0.8) ? { covers: cover(density) } : {}),
    ...(chance(0.4) ? { partly: cover(density) } : {}),
    ...(chance(0.3)
      ? { outcomes: [{ code: 'LO1', text: 'can do', covers: cover(density / 2), partly: cover(density / 2) }] }
      : {}),
  }));
  const codes = units.map((unit) => unit.code);
  const shuffled = (items: readonly string[]) => {
    const pool = [...items];
    for (let at = pool.length - 1; at > 0; at -= 1) {
      const other = below(at + 1);
      [pool[at], pool[other]] = [pool[other] ?? '', pool[at] ?? ''];
    }
    return pool;
  };
  const bounds = (most: number) => {
    const one = below(most + 1);
    const other = below(most + 1);
    return {
      ...(chance(0.7) ? { min: Math.min(one, other) } : {}),
      ...(chance(0.7) ? { max: Math.max(one, other) } : {}),
    };
  };
  /** Deals the units out: some mandatory, some to groups, some to none. */
  const scope = (pool: string[]) => {
    const mandatory = pool.splice(0, below(3));
    const choose: unknown[] = [];
    const groups = below(3);
    for (let index = 0; index < groups && pool.length > 0; index += 1) {
      const from = pool.splice(0, 1 + below(Math.min(5, pool.length)));
      choose.push({
        from,
        ...(chance(0.8) ? { units: bounds(from.length) } : {}),
        ...(chance(0.3) ? { credits: bounds(from.length * 15) } : {}),
      });
    }
    return { mandatory, choose };
  };
  let rules: Record<string, unknown> | undefined;
  if (chance(0.95)) {
    const pool = shuffled(codes);
    rules = scope(pool);
    if (chance(0.5)) {
      const count = 1 + below(3);
      const ids = claims.map((claim) => claim.id);
      rules.pathways = Array.from({ length: count }, (_, index) => ({
        name: `Pathway ${index}`,
        ...scope(shuffled(pool)),
        ...(chance(0.5) && index > 0 ? { occupations: shuffled(ids).slice(0, 1 + below(ids.length)) } : {}),
      }));
    }
    if (chance(0.3)) rules.credits = bounds(15 * unitCount);
    if (chance(0.3)) rules.levels = [{ level: 4 + below(2), credits: bounds(10 * unitCount) }];
    if (chance(0.5)) rules.barred = Array.from({ length: 1 + below(3) }, () => shuffled(codes).slice(0, 1 + below(3)));
    if (chance(0.5))
      rules.requires = Array.from({ length: 1 + below(3) }, () => ({
        unit: codes[below(unitCount)],
        needs: shuffled(codes).slice(0, 1 + below(2)),
      }));
  }
  return {
    standards,
    qualification: {
      title: 'Random',
      awardingOrganisation: 'Nobody',
      level: 4 + below(2),
      ...(chance(0.6) ? { guarantee: chance(0.6) ? 'any' : 'each' } : {}),
      occupations: claims,
      units,
      ...(rules ? { rules } : {}),
    },
  };
};
