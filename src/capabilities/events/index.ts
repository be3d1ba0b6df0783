/** Front door of the events: what neighbours may ask. */
export type { EventAttendance } from './domain/attendance.ts';
export { eventAttendances } from './use-cases/event-attendances.ts';
