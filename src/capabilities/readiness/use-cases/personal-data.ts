import type { PersonalData } from '#platform/personal-data.ts';
import { inPlansOf, leavePlans } from '../store/people.ts';

export const inPlans: PersonalData = {
  title: 'Your part in delivery plans',
  held: inPlansOf,
  erase: leavePlans,
};
