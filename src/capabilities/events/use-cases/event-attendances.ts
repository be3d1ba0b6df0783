import type { Context } from '#platform/context.ts';
import type { EventAttendance } from '../domain/attendance.ts';
import { listEmployers } from '../store/attendance.ts';

/**
 * Everyone who said that they come for an employer, and came: checked in at the door, or in the list of a meeting tool.
 * Who may see a row is the caller's to decide: `consentToShare` says whether providers may.
 *
 * @param asked.since ISO day in London, that day included; left out: all.
 */
export const eventAttendances = (
  ctx: Context,
  asked: { readonly since?: string } = {},
): Promise<readonly EventAttendance[]> => listEmployers(ctx, asked.since ?? null);
