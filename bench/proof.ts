/**
 * Proof, verdict only, against the same question as a mixed-integer model in HiGHS; then the full report, the hard
 * family's time limit, and how cost grows. `node bench/proof.ts [--seeds N] [--verdicts] [--json]`, with the project's own Node.
 * Each case is timed once, on a qualification the process has not seen; the file's validation is included.
 */
import { parseArgs } from 'node:util';
import loadHighs, { type Highs } from 'highs';
import { checkQualification } from '../src/capabilities/alignment/index.ts';
import { type Case, hard, large, usual } from './proof-families.ts';
import { models } from './proof-model.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
    verdicts: { type: 'boolean', default: false },
  },
});
const seeds = Number(values.seeds);
// The package's types describe its CommonJS form; an ES module gets the loader itself.
const highs = await (loadHighs as unknown as () => Promise<Highs>)();

const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

const timed = <Value>(act: () => Value): { readonly value: Value; readonly ms: number } => {
  const start = performance.now();
  const value = act();
  return { value, ms: performance.now() - start };
};

/**
 * The peer's answer to what a verdict-only report says: is there a failing combination, and which claims does no
 * combination cover. Models are solved one after the other, and no further than each answer needs.
 */
const peerVerdict = (one: Case): string => {
  const all = models(one);
  const feasible = (text: string): boolean => {
    const { Status } = highs.solve(text, { mip_rel_gap: 0, output_flag: false });
    if (Status !== 'Optimal' && Status !== 'Infeasible') throw new Error(`HiGHS: ${Status}`);
    return Status === 'Optimal';
  };
  const failing = all.some((model) => model.kind === 'fail' && feasible(model.text));
  const claims = new Set(all.flatMap((model) => model.claim ?? []));
  const unreached = [...claims].filter(
    (claim) => !all.some((model) => model.kind === 'reach' && model.claim === claim && feasible(model.text)),
  );
  return failing || unreached.length > 0 ? 'refuted' : 'proved';
};

/** Seeds above it belong to no family's timed cases. */
const firstOfOthers = 10_000;

type Row = {
  family: string;
  kind: string;
  seeds: number;
  ours: number;
  oursMost: number;
  peer: number;
  ratio: number;
  leastRatio: number;
};
const rows: Row[] = [];
const compare = (family: string, kind: 'proved' | 'refuted', make: (seed: number) => Case) => {
  // Each side has its seeds in a row: between two of ours the peer would otherwise empty the processor's caches. Both
  // are warm, as in a server that has been running: other cases were answered before, and none of the timed ones.
  const texts = Array.from({ length: seeds }, (_, at) => JSON.stringify(make(at + 1)));
  const each = (who: string, warmUp: number, verdict: (one: Case) => string): readonly number[] => {
    for (let other = 1; other <= warmUp; other += 1) verdict(make(firstOfOthers + other));
    return texts.map((text, at) => {
      const fresh = JSON.parse(text) as Case;
      const { value, ms } = timed(() => verdict(fresh));
      if (value !== kind) throw new Error(`${family} seed ${at + 1}: made ${kind}, ${who} says ${value}`);
      return ms;
    });
  };
  const ours = each(
    'the toolkit',
    60,
    (one) => checkQualification(one.qualification, one.standards, { report: 'verdict' }).verdict,
  );
  // WebAssembly is compiled whole; a few cases are enough for its memory to have grown.
  const peer = each('HiGHS', 3, peerVerdict);
  const ratios = ours.map((ms, at) => (peer[at] ?? 0) / ms);
  rows.push({
    family,
    kind,
    seeds,
    ours: median(ours),
    oursMost: Math.max(...ours),
    peer: median(peer),
    ratio: median(ratios),
    leastRatio: Math.min(...ratios),
  });
};

compare('usual', 'proved', (seed) => usual(seed, 'proved'));
compare('usual', 'refuted', (seed) => usual(seed, 'refuted'));
compare('large', 'proved', (seed) => large(seed, 'proved'));
compare('large', 'refuted', (seed) => large(seed, 'refuted'));

const full = (values.verdicts ? [] : ['proved', 'refuted']).flatMap((kind) =>
  (['usual', 'large'] as const).map((family) => {
    const one = (family === 'usual' ? usual : large)(101, kind as 'proved' | 'refuted');
    const { value, ms } = timed(() => checkQualification(one.qualification, one.standards));
    return { family, kind, ms, total: value.combinations.total, unsettled: value.unsettled };
  }),
);

const limits = (values.verdicts ? [] : [1, 2, 3]).map((seed) => {
  const one = hard(seed);
  const timeLimitMs = 5000;
  const { value, ms } = timed(() => checkQualification(one.qualification, one.standards, { timeLimitMs }));
  return { seed, timeLimitMs, ms, verdict: value.verdict, unsettled: value.unsettled };
});

const growth = (values.verdicts ? [] : [0.1, 1, 10]).flatMap((scale) =>
  (['usual', 'large'] as const).map((family) => {
    const times = [1, 2, 3, 4, 5].map((seed) => {
      const one = (family === 'usual' ? usual : large)(seed + 200, 'proved', scale);
      return timed(() => checkQualification(one.qualification, one.standards, { report: 'verdict' })).ms;
    });
    return { family, scale, verdictMs: median(times) };
  }),
);

if (values.json) console.log(JSON.stringify({ rows, full, limits, growth }, null, 2));
else {
  console.table(rows);
  console.table(full.map((one) => ({ ...one, unsettled: one.unsettled.join(' ') })));
  console.table(limits.map((one) => ({ ...one, unsettled: one.unsettled.join(' ') })));
  console.table(growth);
}
