import { type StandardChange, standardChanged } from '#cap/standards';
import type { Context } from '#platform/context.ts';
import { hearing } from '#platform/events/recorded-event.ts';
import type { Cause } from '../domain/case.ts';
import { openCase } from './cases.ts';
import { asOfToday, entriesForOccupation } from './read-register.ts';

const words = (change: StandardChange, title: string): string => {
  const standard = `${change.reference} ${change.title}`;
  switch (change.what) {
    case 'revised':
      return `${standard} was revised: version ${change.version} is new, and ${title} is approved for it`;
    case 're-levelled':
      return `${standard} is of Level ${change.level ?? '?'} now, no longer ${change.before.level ?? '?'}, and ${title} is approved for it`;
    case 'retired':
      return `${standard} was retired, and ${title} is approved for it`;
    case 'corrected':
      return '';
  }
};

/**
 * A standard was revised, re-levelled or retired: a case opens on each qualification that is approved for it. A
 * correction opens none; nor does a version for which a qualification is approved already.
 */
export const openCasesFor = async (ctx: Context, change: StandardChange): Promise<string> => {
  if (change.what === 'corrected') return `${change.reference} was corrected: no case.`;
  const cause: Cause = change.what;
  let opened = 0;
  for (const entry of await entriesForOccupation(ctx, asOfToday(ctx), change.reference)) {
    const approval = entry.approvals.find((one) => one.occupation === change.reference);
    if (cause === 'revised' && approval?.standardVersion === change.version) continue;
    const about = `${cause} ${change.reference} ${change.version} ${change.level} ${entry.id}`;
    if (
      await openCase(ctx, {
        qualification: entry.id,
        occupation: change.reference,
        cause,
        words: words(change, entry.title),
        about,
      })
    )
      opened += 1;
  }
  return `${change.reference}: ${opened} ${opened === 1 ? 'case' : 'cases'} opened.`;
};

export const hearStandards = hearing(standardChanged, openCasesFor);
