import type { PersonalData } from '#platform/personal-data.ts';
import { forgetPerson, tracesOf } from '../store/cases.ts';

export const registerData: PersonalData = {
  title: 'What you entered in the register, and steps of cases that are yours',
  held: tracesOf,
  erase: forgetPerson,
};
