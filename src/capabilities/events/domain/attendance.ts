import type { OccupationalRoute } from '#kernel/occupational-route.ts';
import type { Way } from './event.ts';

/** That someone came to an event for an employer: what evidence of employers' demand is made from. */
export type EventAttendance = {
  readonly event: {
    readonly id: string;
    readonly title: string;
    /** ISO day on which it was held, in London. */
    readonly on: string;
    readonly routes: readonly OccupationalRoute[];
  };
  /** As they typed it. */
  readonly organisation: string;
  readonly name: string;
  /** Of whoever made the booking; `null`: a colleague, or forgotten since. */
  readonly address: string | null;
  readonly attended: Way;
  /** They agreed that providers may know of it. */
  readonly consentToShare: boolean;
};
