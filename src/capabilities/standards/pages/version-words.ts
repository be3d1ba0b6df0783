import { isApproved } from '../domain/standard-versions.ts';

export type Tag = { readonly text: string; readonly classes: string };

/** A status as the record says it; its colour repeats what the words say. */
export const statusTag = (status: string | null): Tag => {
  if (status === null) return { text: 'No status given', classes: 'govuk-tag--grey' };
  if (isApproved(status)) return { text: status, classes: 'govuk-tag--green' };
  if (/retired|withdrawn/i.test(status)) return { text: status, classes: 'govuk-tag--grey' };
  return { text: status, classes: 'govuk-tag--yellow' };
};

/** How an operator loads the real standards: the address at which Skills England publishes them all. */
export const importCommandLine =
  'bin/htq import standards https://skillsengland.education.gov.uk/api/apprenticeshipstandards';
