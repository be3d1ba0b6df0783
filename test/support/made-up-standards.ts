/** Records in the shape of the Skills England API, made up for tests. */

type Ids = readonly string[];
type DutyIds = {
  readonly text: string;
  readonly core?: boolean;
  readonly ksbs: Ids;
  readonly options?: Ids;
};

export type MadeUp = {
  readonly reference?: string;
  readonly version?: string;
  readonly title?: string;
  readonly level?: number | null;
  readonly route?: string | null;
  readonly status?: string | null;
  readonly fictional?: boolean;
  readonly knowledge?: Ids;
  readonly skills?: Ids;
  readonly behaviours?: Ids;
  readonly options?: Ids;
  readonly duties?: readonly DutyIds[];
  readonly more?: Readonly<Record<string, unknown>>;
};

/** KSBs are named by their wording, which is their id too; duties name them so. */
export const madeUpRecord = (given: MadeUp): Readonly<Record<string, unknown>> => {
  const options = given.options ?? [];
  const knowledge = given.knowledge ?? ['how lamps burn', 'how signals are read'];
  const skills = given.skills ?? ['trim a lamp'];
  const behaviours = given.behaviours ?? ['keeps watch'];
  const mapped = (list: Ids, duty: DutyIds) => list.filter((id) => duty.ksbs.includes(id));
  return {
    referenceNumber: given.reference ?? 'ST9101',
    versionNumber: given.version ?? '1.0',
    title: given.title ?? 'Lamp keeper',
    level: given.level === undefined ? 4 : given.level,
    route: given.route === undefined ? 'Digital' : given.route,
    status: given.status === undefined ? 'Approved for delivery' : given.status,
    coreAndOptions: options.length > 0,
    options: options.map((title) => ({ optionId: title, title })),
    knowledges: knowledge.map((id) => ({ knowledgeId: id, detail: id })),
    skills: skills.map((id) => ({ skillId: id, detail: id })),
    behaviours: behaviours.map((id) => ({ behaviourId: id, detail: id })),
    duties: (given.duties ?? [{ text: 'Keep the lamps lit', ksbs: ['how lamps burn', 'trim a lamp'] }]).map((duty) => ({
      dutyID: duty.text,
      dutyDetail: duty.text,
      isThisACoreDuty: duty.core ? 1 : 0,
      mappedKnowledge: mapped(knowledge, duty),
      mappedSkills: mapped(skills, duty),
      mappedBehaviour: mapped(behaviours, duty),
      mappedOptions: duty.options ?? null,
    })),
    ...(given.fictional ? { _fictional: true } : {}),
    ...given.more,
  };
};
