export const plansPath = '/plans';
export const newPlanPath = '/plans/new';
/** Every rule of funding that plans go by; each has its place on that page. */
export const fundingRulesPath = '/plans/funding-rules';
export const fundingRulePath = (id: string): string => `${fundingRulesPath}#${id}`;
/** What someone typed of a plan waits there until they belong to a provider. */
export const holdPath = '/plans/held';
export const adoptPath = '/plans/adopt';
export const waysInPath = (plan: string): string => `${offerPath(plan)}/ways-in`;
export const planPath = (id: string): string => `/plans/${id}`;
export const taskPath = (plan: string, task: string): string => `${planPath(plan)}/tasks/${task}`;
/** A plan's tasks as one list that can be filtered. */
export const tasksPath = (plan: string): string => `${planPath(plan)}/tasks`;
export const newTaskPath = (plan: string): string => `${planPath(plan)}/new-task`;
export const changePath = (plan: string): string => `${planPath(plan)}/change`;
export const planFilePath = (plan: string, format: 'csv' | 'xlsx' | 'ics'): string =>
  `${planPath(plan)}/plan.${format}`;
export const reportPath = (plan: string): string => `${planPath(plan)}/report`;
export const reportPdfPath = (plan: string): string => `${planPath(plan)}/report.pdf`;
export const learnersPath = (plan: string): string => `${planPath(plan)}/learners`;
export const campaignPath = (plan: string): string => `${learnersPath(plan)}/campaign`;
/** The page with a campaign in its form, to put it right. */
export const changeCampaignPath = (plan: string, campaign: string): string =>
  `${learnersPath(plan)}?campaign=${campaign}#campaigns`;
export const weekPath = (plan: string): string => `${learnersPath(plan)}/week`;
/** The page with a week in its form, to put it right. */
export const changeWeekPath = (plan: string, week: string): string => `${learnersPath(plan)}?week=${week}#week-form`;
export const offerPath = (plan: string): string => `${planPath(plan)}/offer`;
export const rollOverPath = (plan: string): string => `${planPath(plan)}/roll-over`;
export const aboutPath = (plan: string): string => `${planPath(plan)}/about`;
/** The plans that were put away, which can be brought back. */
export const putAwayPlansPath = '/plans/put-away';
export const bringBackPath = (plan: string): string => `${planPath(plan)}/bring-back`;
export const unitsPath = (plan: string): string => `${planPath(plan)}/units`;
export const renewCalendarPath = (plan: string): string => `${planPath(plan)}/calendar/renew`;
export const calendarPath = (token: string): string => `/plan-calendars/${token}.ics`;
