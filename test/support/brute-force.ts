/**
 * The judge of the engine: lists every subset of the units and asks each rule of it, as the description of the
 * qualification file puts it. It shares nothing with the engine, reads the files' own JSON, and is slow on purpose.
 */
type Bounds = { min?: number; max?: number };
type Choice = { from: string[]; units?: Bounds; credits?: Bounds };
type Scope = { mandatory?: string[]; choose?: Choice[] };
type Cover = Record<string, string[]>;
type Holder = { covers?: Cover; partly?: Cover };
type Unit = Holder & { code: string; level?: number; credits?: number; outcomes?: Holder[] };
type Claim = {
  id?: string;
  standard: string;
  option?: string;
  exclude?: { ksb: string }[];
  partly?: { ksb: string }[];
};
type Rules = Scope & {
  pathways?: (Scope & { name: string; occupations?: string[] })[];
  credits?: Bounds;
  levels?: { level: number; credits: Bounds }[];
  barred?: string[][];
  requires?: { unit: string; needs: string[] }[];
};
export type File = { guarantee?: 'any' | 'each'; occupations: Claim[]; units: Unit[]; rules?: Rules };
type Duty = {
  isThisACoreDuty: number;
  mappedKnowledge: string[] | null;
  mappedSkills: string[] | null;
  mappedBehaviour: string[] | null;
  mappedOptions: string[] | null;
};
export type StandardRecord = {
  referenceNumber: string;
  knowledges: { knowledgeId: string }[];
  skills: { skillId: string }[];
  behaviours: { behaviourId: string }[];
  options: { optionId: string; title: string }[];
  duties: Duty[];
};

const holds = (value: number, bounds: Bounds | undefined): boolean =>
  value >= (bounds?.min ?? 0) && value <= (bounds?.max ?? Infinity);

const cleaned = (title: string): string => title.replaceAll('&amp;', '&').replaceAll(/\s+/g, ' ').trim();

export const requiredCodes = (claim: Claim, record: StandardRecord): string[] => {
  const all: { code: string; id: string; list: 'mappedKnowledge' | 'mappedSkills' | 'mappedBehaviour' }[] = [
    ...record.knowledges.map((one, at) => ({
      code: `K${at + 1}`,
      id: one.knowledgeId,
      list: 'mappedKnowledge' as const,
    })),
    ...record.skills.map((one, at) => ({ code: `S${at + 1}`, id: one.skillId, list: 'mappedSkills' as const })),
    ...record.behaviours.map((one, at) => ({
      code: `B${at + 1}`,
      id: one.behaviourId,
      list: 'mappedBehaviour' as const,
    })),
  ];
  const listed = record.options.map((option) => option.optionId);
  const wanted = record.options.find(
    (option) => claim.option && cleaned(option.title) === cleaned(claim.option),
  )?.optionId;
  return all
    .filter(({ id, list }) => {
      if (listed.length === 0) return true;
      const duties = record.duties.filter((duty) => duty[list]?.includes(id));
      const names = (duty: Duty) => (duty.mappedOptions ?? []).filter((option) => listed.includes(option));
      const core = duties.length === 0 || duties.some((duty) => duty.isThisACoreDuty === 1 || names(duty).length === 0);
      return core || (wanted !== undefined && duties.some((duty) => names(duty).includes(wanted)));
    })
    .map(({ code }) => code)
    .filter((code) => !claim.exclude?.some((one) => one.ksb === code));
};

export const unitCovers = (unit: Unit, claim: Claim, ksb: string): boolean => {
  const holders: Holder[] = [unit, ...(unit.outcomes ?? [])];
  if (holders.some((holder) => holder.covers?.[claim.standard]?.includes(ksb))) return true;
  const partIsEnough = claim.partly?.some((one) => one.ksb === ksb) ?? false;
  return partIsEnough && holders.some((holder) => holder.partly?.[claim.standard]?.includes(ksb));
};

export const isPermitted = (file: File, pathwayName: string | null, taken: ReadonlySet<string>): boolean => {
  const { rules, units } = file;
  if (!rules) return pathwayName === null && taken.size === units.length;
  const pathway = rules.pathways?.find((one) => one.name === pathwayName);
  if ((rules.pathways ? pathway : pathwayName === null) === (rules.pathways ? undefined : false)) return false;
  const scopes: Scope[] = pathway ? [rules, pathway] : [rules];
  const credits = (codes: Iterable<string>): number =>
    [...codes].reduce((sum, code) => sum + (units.find((unit) => unit.code === code)?.credits ?? 0), 0);
  const placed = new Set<string>();
  for (const scope of scopes) {
    for (const code of scope.mandatory ?? []) {
      if (!taken.has(code)) return false;
      placed.add(code);
    }
    for (const choice of scope.choose ?? []) {
      const chosen = choice.from.filter((code) => taken.has(code));
      for (const code of chosen) placed.add(code);
      if (!holds(chosen.length, choice.units) || !holds(credits(chosen), choice.credits)) return false;
    }
  }
  for (const code of taken) if (!placed.has(code)) return false;
  if (!holds(credits(taken), rules.credits)) return false;
  for (const { level, credits: bounds } of rules.levels ?? []) {
    const atLevel = [...taken].filter((code) => units.find((unit) => unit.code === code)?.level === level);
    if (!holds(credits(atLevel), bounds)) return false;
  }
  if (rules.barred?.some((codes) => codes.every((code) => taken.has(code)))) return false;
  return !rules.requires?.some((rule) => taken.has(rule.unit) && rule.needs.some((code) => !taken.has(code)));
};

export type Judged = {
  combinations: { pathway: string | null; units: string[]; missing: Map<string, string[]>; fails: boolean }[];
  claims: { id: string; required: string[] }[];
};

export const judge = (file: File, standards: readonly StandardRecord[]): Judged => {
  const claims = file.occupations.map((claim) => {
    const record = standards.find((one) => one.referenceNumber === claim.standard);
    if (!record) throw new Error('no such standard');
    return { id: claim.id ?? claim.standard, claim, required: requiredCodes(claim, record) };
  });
  const pathways: { name: string | null; occupations?: string[] }[] = file.rules?.pathways ?? [{ name: null }];
  const combinations: Judged['combinations'] = [];
  for (const pathway of pathways)
    for (let bits = 0; bits < 2 ** file.units.length; bits += 1) {
      const units = file.units.filter((_, at) => (bits >> at) & 1);
      const taken = new Set(units.map((unit) => unit.code));
      if (!isPermitted(file, pathway.name, taken)) continue;
      const missing = new Map<string, string[]>();
      for (const { id, claim, required } of claims)
        if (pathway.occupations?.includes(id) ?? true)
          missing.set(
            id,
            required.filter((ksb) => !units.some((unit) => unitCovers(unit, claim, ksb))),
          );
      const misses = [...missing.values()].map((list) => list.length > 0);
      const fails = (file.guarantee ?? 'any') === 'any' ? misses.every(Boolean) : misses.some(Boolean);
      combinations.push({ pathway: pathway.name, units: units.map((unit) => unit.code), missing, fails });
    }
  return { combinations, claims: claims.map(({ id, required }) => ({ id, required })) };
};
