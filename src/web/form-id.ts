import { randomUUID } from 'node:crypto';
import { isUuid } from '#kernel/uuid.ts';

/**
 * The id that a form was made with, in its hidden field `id`: a form that is sent twice names the same thing twice, which then
 * comes once. One that has none gets a new id.
 */
export const formId = (fields: URLSearchParams): string => {
  const sent = fields.get('id') ?? '';
  return isUuid(sent) ? sent : randomUUID();
};
