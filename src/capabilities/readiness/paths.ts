export const plansPath = '/plans';
export const newPlanPath = '/plans/new';
/** Every rule of funding that plans go by; each has its place on that page. */
export const fundingRulesPath = '/plans/funding-rules';
export const fundingRulePath = (id: string): string => `${fundingRulesPath}#${id}`;
export const adoptPath = '/plans/adopt';
export const waysInPath = (plan: string): string => `${offerPath(plan)}/ways-in`;
export const planPath = (id: string): string => `/plans/${id}`;
export const taskPath = (plan: string, task: string): string => `${planPath(plan)}/tasks/${task}`;
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
export const offerPath = (plan: string): string => `${planPath(plan)}/offer`;
export const rollOverPath = (plan: string): string => `${planPath(plan)}/roll-over`;
export const unitsPath = (plan: string): string => `${planPath(plan)}/units`;
export const calendarPath = (token: string): string => `/plan-calendars/${token}.ics`;
