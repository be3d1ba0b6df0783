/** Row types of the schema `readiness`, made from the migrated database by `npm run rows`. Not for editing. */

export type CampaignRow = {
  readonly id: string;
  readonly plan_id: string;
  readonly title: string;
  readonly day: string;
  readonly cost: number;
  readonly result: number | null;
};

export type CaseRow = {
  readonly plan_id: string;
  readonly fee_each: number | null;
  readonly cost_each: number | null;
  readonly fixed_cost: number | null;
  readonly award: number | null;
  readonly low: number | null;
  readonly likely: number | null;
  readonly high: number | null;
  readonly funding: unknown;
  readonly revision: number;
};

export type CommentRow = {
  readonly id: string;
  readonly task_id: string;
  readonly at: Date;
  readonly by: string | null;
  readonly text: string;
};

export type HeldPlanRow = {
  readonly id: string;
  readonly person: string;
  readonly typed: unknown;
  readonly held_at: Date;
};

export type PlanRow = {
  readonly id: string;
  readonly organisation: string;
  readonly qualification: string;
  readonly level: number | null;
  readonly awarding_organisation: string;
  readonly route: string;
  readonly first_teach: string;
  readonly learners: number | null;
  readonly calendar_token: string;
  readonly made_by: string | null;
  readonly made_at: Date;
  readonly revision: number;
  readonly rolled_from: string | null;
  readonly ended_at: Date | null;
};

export type RecruitmentWeekRow = {
  readonly plan_id: string;
  readonly week: string;
  readonly applications: number;
  readonly offers: number;
  readonly accepted: number;
};

export type TaskRow = {
  readonly id: string;
  readonly plan_id: string;
  readonly place: number;
  readonly step: string | null;
  readonly strand: string;
  readonly title: string;
  readonly why: string;
  readonly who: string;
  readonly guidance: string;
  readonly owner: string | null;
  readonly starts: string;
  readonly ends: string;
  readonly ends_before: number;
  readonly status: string;
  readonly done_on: string | null;
  readonly cost: number | null;
  readonly evidence: string;
  readonly revision: number;
};

export type TaskAfterRow = {
  readonly task_id: string;
  readonly after_id: string;
};

export type WayInRow = {
  readonly id: string;
  readonly plan_id: string;
  readonly kind: string;
  readonly title: string;
  readonly people: number;
  readonly percent: number;
};

export type ReadinessTables = {
  'readiness.campaign': CampaignRow;
  'readiness.case': CaseRow;
  'readiness.comment': CommentRow;
  'readiness.held_plan': HeldPlanRow;
  'readiness.plan': PlanRow;
  'readiness.recruitment_week': RecruitmentWeekRow;
  'readiness.task': TaskRow;
  'readiness.task_after': TaskAfterRow;
  'readiness.way_in': WayInRow;
};
