import type { PersonalData } from '#platform/personal-data.ts';
import { forgetPerson, heldOf } from '../store/examples.ts';

export const practiceData: PersonalData = {
  title: 'Examples of practice that you sent in',
  held: heldOf,
  erase: forgetPerson,
};
