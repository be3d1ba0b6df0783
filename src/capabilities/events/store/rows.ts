/** Row types of the schema `events`, made from the migrated database by `npm run rows`. Not for editing. */

import type { Generated } from 'kysely';

export type AttendeeRow = {
  readonly booking_id: string;
  readonly number: number;
  readonly name: string;
  readonly code: string;
  readonly attended: string | null;
  readonly attended_at: Date | null;
};

export type BookingRow = {
  readonly id: string;
  readonly event_id: string;
  readonly way: string;
  readonly token: string;
  readonly state: string;
  readonly places: number;
  readonly wanted: number;
  readonly part_will_do: boolean;
  readonly address: string | null;
  readonly organisation: string;
  readonly for_employer: boolean;
  readonly consent_to_share: boolean;
  readonly access_needs: string;
  readonly answers: unknown;
  readonly tag: string;
  readonly made_at: Date;
  readonly until: Date | null;
  readonly confirmed_at: Date | null;
  readonly reminded_at: Date | null;
  readonly thanked_at: Date | null;
  readonly told_sequence: number;
  readonly linked_at: Date | null;
  readonly sequence: Generated<number>;
  readonly changed_at: Date;
  readonly in_calendar: Generated<boolean>;
};

export type EventRow = {
  readonly id: string;
  readonly state: string;
  readonly text: unknown;
  readonly starts_at: Date | null;
  readonly ends_at: Date | null;
  readonly month: string;
  readonly opens_at: Date | null;
  readonly closes_at: Date | null;
  readonly series: string | null;
  readonly revision: number;
  readonly sequence: number;
  readonly made_at: Date;
  readonly published_at: Date | null;
  readonly changed_at: Date;
};

export type WayRow = {
  readonly event_id: string;
  readonly way: string;
  readonly capacity: number;
  readonly taken: Generated<number>;
  readonly waiting: Generated<number>;
};

export type EventsTables = {
  'events.attendee': AttendeeRow;
  'events.booking': BookingRow;
  'events.event': EventRow;
  'events.way': WayRow;
};
