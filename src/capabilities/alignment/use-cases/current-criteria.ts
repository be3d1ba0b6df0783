import { londonDay } from '#kernel/london-time.ts';
import criteria from '../../../../data/approval-criteria.json' with { type: 'json' };
import { type ApprovalCriteria, criteriaFile, criteriaOn } from '../domain/approval-criteria.ts';

const { editions } = criteriaFile.parse(criteria);

/** What the approval asks on a day. */
export const criteriaAt = (day: Date): ApprovalCriteria => criteriaOn(editions, londonDay(day));
