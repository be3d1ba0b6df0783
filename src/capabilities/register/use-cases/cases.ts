import { casesOfQualification } from '../store/cases.ts';

export const casesOf = casesOfQualification;
