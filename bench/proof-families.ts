import { seededNumbers } from '../src/capabilities/alignment/domain/sampling.ts';

/** Qualification files and standards of the sizes that the toolkit promises to settle, made from a seed. */
export type Case = { readonly qualification: Qualification; readonly standards: readonly unknown[] };

type Bounds = { readonly min?: number; readonly max?: number };
type Choice = { readonly from: string[]; readonly units: Bounds };
type Pathway = { readonly name: string; readonly mandatory: string[]; readonly choose: Choice[] };
export type Qualification = {
  readonly title: string;
  readonly awardingOrganisation: string;
  readonly level: number;
  readonly occupations: { readonly standard: string; readonly version: string }[];
  readonly units: {
    readonly code: string;
    readonly title: string;
    readonly level: number;
    readonly credits: number;
    readonly covers: Record<string, string[]>;
  }[];
  readonly rules: {
    readonly mandatory?: string[];
    readonly choose?: Choice[];
    readonly pathways?: Pathway[];
    readonly credits?: Bounds;
    readonly barred?: string[][];
    readonly requires?: { readonly unit: string; readonly needs: string[] }[];
  };
};

const tools = (seed: number) => {
  const random = seededNumbers(seed);
  const below = (n: number) => Math.floor(random() * n);
  const shuffled = <Item>(items: readonly Item[]): Item[] => {
    const pool = [...items];
    for (let at = pool.length - 1; at > 0; at -= 1) {
      const other = below(at + 1);
      [pool[at], pool[other]] = [pool[other] as Item, pool[at] as Item];
    }
    return pool;
  };
  return {
    random,
    below,
    shuffled,
    pick: <Item>(items: readonly Item[], count: number) => shuffled(items).slice(0, count),
  };
};

const standard = (reference: string, ksbs: number) => ({
  referenceNumber: reference,
  versionNumber: '1.0',
  title: `Occupation ${reference}`,
  level: 4,
  status: 'Approved for delivery',
  knowledges: Array.from({ length: ksbs }, (_, at) => ({
    knowledgeId: `${reference}-${at}`,
    detail: `Knowledge number ${at} of ${reference}`,
  })),
  skills: [],
  behaviours: [],
  duties: [],
  options: [],
});

const codes = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${prefix}${at + 1}`);

/** Units with what they cover, gathered as `ksb → units`. */
const unitsCovering = (
  units: readonly string[],
  covers: Map<string, Map<string, Set<string>>>,
  credits: (code: string) => number,
) =>
  units.map((code) => ({
    code,
    title: `Unit ${code}`,
    level: 4,
    credits: credits(code),
    covers: Object.fromEntries(
      [...covers].map(([reference, byKsb]) => [
        reference,
        [...byKsb].filter(([, holders]) => holders.has(code)).map(([ksb]) => ksb),
      ]),
    ),
  }));

/**
 * 8 mandatory units, choose 8 of 30, 2 occupations of 60 KSBs, a third of them covered by optional units at random, so
 * that neither occupation is always covered. Proved: whoever misses a KSB of the first has taken units that cover all of
 * the second. Refuted: one pair of KSBs can be missed together. `scale` makes everything that many times as large.
 */
export const usual = (seed: number, kind: 'proved' | 'refuted', scale = 1): Case => {
  const { below, pick, shuffled } = tools(seed * 2 + (kind === 'proved' ? 0 : 1));
  const mandatory = codes('M', Math.max(1, Math.round(8 * scale)));
  const optional = codes('O', Math.max(6, Math.round(30 * scale)));
  const take = Math.max(2, Math.round(8 * scale));
  const ksbs = Math.max(4, Math.round(60 * scale));
  // To avoid a set of more than this many units is not possible: too few would be left to choose from.
  const avoidable = optional.length - take;
  const missable = Math.ceil(ksbs / 3);
  const half = Math.floor(avoidable / 2);
  const sets = ['ST9201', 'ST9202'].map(() =>
    Array.from({ length: missable }, () => new Set(pick(optional, half + below(Math.max(1, avoidable - half - 2))))),
  );
  // Whoever misses one of the first must not be able to miss one of the second: the pairs that could get more units.
  const grow = (one: Set<string>, other: Set<string>) => {
    for (const code of shuffled(optional)) {
      if (new Set([...one, ...other]).size > avoidable) return;
      const smaller = one.size <= other.size ? one : other;
      if (smaller.size < avoidable) smaller.add(code);
    }
  };
  for (const one of sets[0] ?? []) for (const other of sets[1] ?? []) grow(one, other);
  if (kind === 'refuted') {
    // One pair is let go again: the second misses within the first.
    const [one] = pick(sets[0] ?? [], 1);
    sets[1]?.splice(below(missable), 1, new Set(pick([...(one ?? [])], half)));
  }
  const covers = new Map<string, Map<string, Set<string>>>();
  ['ST9201', 'ST9202'].forEach((reference, index) => {
    const byKsb = new Map<string, Set<string>>();
    for (let at = 0; at < ksbs; at += 1) {
      const own = sets[index]?.[at];
      if (own) byKsb.set(`K${at + 1}`, own);
      else if (at < (2 * ksbs) / 3)
        byKsb.set(`K${at + 1}`, new Set(pick(mandatory, 1 + below(Math.min(3, mandatory.length)))));
      else byKsb.set(`K${at + 1}`, new Set(pick(optional, avoidable + 1 + below(take - 1))));
    }
    covers.set(reference, byKsb);
  });
  const units = [...mandatory, ...optional];
  return {
    standards: [standard('ST9201', ksbs), standard('ST9202', ksbs)],
    qualification: {
      title: `Usual ${seed}`,
      awardingOrganisation: 'Bench',
      level: 4,
      occupations: [
        { standard: 'ST9201', version: '1.0' },
        { standard: 'ST9202', version: '1.0' },
      ],
      units: unitsCovering(units, covers, () => 15),
      rules: { mandatory, choose: [{ from: optional, units: { min: take, max: take } }] },
    },
  };
};

/**
 * 4 pathways of 6 mandatory units and 3 groups of choose 3 of 20, 20 barred pairs, 10 prerequisites, credit bounds,
 * 5 occupations of 100 KSBs, none of which is always covered. Proved: in one group of each pathway the five claims'
 * missable KSBs share out all but two units, so that not all five can be missed. Refuted: in one pathway they leave room.
 */
export const large = (seed: number, kind: 'proved' | 'refuted', scale = 1): Case => {
  const { below, pick, shuffled, random } = tools(seed * 2 + 1001 + (kind === 'proved' ? 0 : 1));
  const groupSize = Math.max(8, Math.round(20 * scale));
  const ksbs = Math.max(6, Math.round(100 * scale));
  const references = codes('ST930', 5);
  const names = ['Alpha', 'Beta', 'Gamma', 'Delta'];
  const open = kind === 'refuted' ? below(4) : -1;
  const covers = new Map(
    references.map((reference) => [reference, new Map(codes('K', ksbs).map((ksb) => [ksb, new Set<string>()]))]),
  );
  const allUnits: string[] = [];
  const barred: string[][] = [];
  const requires: { unit: string; needs: string[] }[] = [];
  const pathways = names.map((name, pathway): Pathway => {
    const mandatory = codes(`${name[0]}M`, 6);
    const groups = [0, 1, 2].map((group) => codes(`${name[0]}${group}-`, groupSize));
    const all = groups.flat();
    allUnits.push(...mandatory, ...all);
    const tight = shuffled(groups[below(3)] ?? []);
    const shared = groupSize - (pathway === open ? 5 : 2);
    references.forEach((reference, claim) => {
      const block = tight.filter((_, at) => at < shared && at % 5 === claim);
      covers.get(reference)?.forEach((holders, ksb) => {
        const at = Number(ksb.slice(1)) - 1;
        if (at < ksbs / 5) {
          for (const code of block) holders.add(code);
          // Elsewhere, a few units that cover it too: each KSB asks for something else to be avoided.
          for (const code of pick(
            all.filter((one) => !tight.includes(one)),
            below(4),
          ))
            holders.add(code);
          if (random() < 0.3 && pathway !== open) for (const code of pick(tight, 1)) holders.add(code);
        } else if (at < (3 * ksbs) / 5) for (const code of pick(mandatory, 1 + below(3))) holders.add(code);
        else for (const code of pick(groups[below(3)] ?? [], groupSize - 2)) holders.add(code);
      });
    });
    for (let at = 0; at < 5; at += 1) barred.push(pick(all, 2));
    for (let at = 0; at < (pathway < 2 ? 3 : 2); at += 1) {
      const [unit, need] = pick(all, 2);
      requires.push({ unit: unit ?? '', needs: [need ?? ''] });
    }
    return { name, mandatory, choose: groups.map((from) => ({ from, units: { min: 3, max: 3 } })) };
  });
  const creditsOf = new Map(allUnits.map((code) => [code, [10, 15, 15, 20][below(4)] ?? 15]));
  return {
    standards: references.map((reference) => standard(reference, ksbs)),
    qualification: {
      title: `Large ${seed}`,
      awardingOrganisation: 'Bench',
      level: 5,
      occupations: references.map((reference) => ({ standard: reference, version: '1.0' })),
      units: unitsCovering(allUnits, covers, (code) => creditsOf.get(code) ?? 15),
      rules: { pathways, credits: { min: 180, max: 270 }, barred, requires },
    },
  };
};

/** 200 optional units, choose 40, three occupations of 60 KSBs whose covers are random and neither small nor large. */
export const hard = (seed: number): Case => {
  const { pick, below } = tools(seed + 5001);
  const optional = codes('H', 200);
  const references = codes('ST940', 3);
  const covers = new Map(
    references.map((reference) => [
      reference,
      new Map(codes('K', 60).map((ksb) => [ksb, new Set(pick(optional, 60 + below(40)))])),
    ]),
  );
  return {
    standards: references.map((reference) => standard(reference, 60)),
    qualification: {
      title: `Hard ${seed}`,
      awardingOrganisation: 'Bench',
      level: 5,
      occupations: references.map((reference) => ({ standard: reference, version: '1.0' })),
      units: unitsCovering(optional, covers, () => 10),
      rules: { choose: [{ from: optional, units: { min: 40, max: 40 } }] },
    },
  };
};
