import type { Advice } from './advice.ts';

/** A rule that the check works by, at an address of its own, so that a text which states it can point here. */
export type CheckRule = {
  readonly id: string;
  readonly title: string;
  /** What is looked at, and when it counts as met. */
  readonly text: string;
  /** `verdict`: the proof decides it; `advice`: it is told beside the verdict, since a person has to judge. */
  readonly answers: 'verdict' | 'advice';
  /** The advice that tells it. */
  readonly codes: readonly Advice['code'][];
  readonly source: string;
};

/** What other capabilities call a rule that they point at. */
export const checkRuleKind = 'check-rule';

const criteria =
  'Institute for Apprenticeships and Technical Education, Higher Technical Qualifications: approval criteria, cycles 1 to 5';
const delivery = 'Institute for Apprenticeships and Technical Education, delivery and funding of HTQs';
const act = 'Apprenticeships, Skills, Children and Learning Act 2009, section A2D5';
const ours = 'A remark of this toolkit; no criterion asks for it';

export const checkRules: readonly CheckRule[] = [
  {
    id: 'every-combination',
    title: 'Every combination covers an occupation',
    text: 'Whatever combination of units and pathways a learner may choose has to cover every required KSB of at least one occupation that is claimed. It is proved for all combinations, or one that falls short is shown.',
    answers: 'verdict',
    codes: [],
    source: criteria,
  },
  {
    id: 'levels',
    title: 'Standards at Level 4 or 5',
    text: 'Each standard that is claimed is at Level 4 or 5, and so is the qualification.',
    answers: 'advice',
    codes: ['standard-level'],
    source: criteria,
  },
  {
    id: 'level-4-on-level-5',
    title: 'A Level 4 qualification on a Level 5 standard',
    text: 'Whoever approves is asked before the application.',
    answers: 'advice',
    codes: ['level-4-on-level-5'],
    source: criteria,
  },
  {
    id: 'published-standard',
    title: 'A published standard that stands',
    text: 'Each standard that is claimed is approved for delivery: not a proposal, and not retired.',
    answers: 'advice',
    codes: ['standard-not-approved', 'standard-retired'],
    source: act,
  },
  {
    id: 'newest-version',
    title: 'The newest version of a standard',
    text: 'Where a newer version is known than the one that is claimed, it is named.',
    answers: 'advice',
    codes: ['newer-version'],
    source: ours,
  },
  {
    id: 'part-coverage',
    title: 'Part coverage that was accepted',
    text: 'A KSB that is covered in part counts as covered only where the file says so, and says who accepted it.',
    answers: 'advice',
    codes: ['part-not-accepted'],
    source: criteria,
  },
  {
    id: 'title',
    title: 'Words that a title must not hold',
    text: 'Neither “HTQ” nor “Higher Technical Qualification” stands in the title of a qualification.',
    answers: 'advice',
    codes: ['title-says-htq'],
    source: delivery,
  },
  {
    id: 'aligned-units',
    title: 'Units that somebody can take',
    text: 'A unit that is in no permitted combination is named: no learner can take it.',
    answers: 'advice',
    codes: ['dead-unit'],
    source: ours,
  },
  {
    id: 'single-optional-unit',
    title: 'KSBs that hang on one optional unit',
    text: 'Where one optional unit alone covers a KSB, every combination without that unit leaves the KSB out; and so does every provider that does not run it.',
    answers: 'advice',
    codes: ['single-optional-unit'],
    source: ours,
  },
];

export const ruleOf = (code: Advice['code']): CheckRule | undefined =>
  checkRules.find((rule) => rule.codes.includes(code));
