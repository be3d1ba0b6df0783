/** The parts of getting ready, in the order in which plans show them. */
export const strands = ['learners', 'employers', 'curriculum', 'staff', 'facilities', 'approvals'] as const;
export type Strand = (typeof strands)[number];

export const strandWords: Readonly<Record<Strand, string>> = {
  learners: 'Learners',
  employers: 'Employers',
  curriculum: 'Curriculum',
  staff: 'Staff',
  facilities: 'Facilities and equipment',
  approvals: 'Approvals and funding',
};
