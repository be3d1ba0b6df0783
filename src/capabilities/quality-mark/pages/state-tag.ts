import { day } from '#web/words.ts';
import type { Entitlement } from '../domain/entitlement.ts';

/** The state of a mark in two words, for tables. */
export const stateTag = (entitlement: Entitlement): { readonly text: string; readonly colour: string } => {
  if (entitlement.kind === 'entitled')
    return entitlement.wording.kind === 'taught'
      ? { text: 'May be used', colour: 'green' }
      : { text: `With “from ${day(entitlement.firstTeach)}”`, colour: 'blue' };
  const kinds = entitlement.hindrances.map((one) => one.kind);
  if (kinds.includes('withdrawn')) return { text: 'Withdrawn: take it down', colour: 'red' };
  if (kinds.length === 1 && kinds[0] === 'terms-not-accepted')
    return { text: 'Accept the terms first', colour: 'yellow' };
  return { text: 'May not be used', colour: 'grey' };
};
