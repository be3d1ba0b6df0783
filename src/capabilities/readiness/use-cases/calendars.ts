export { calendarTokenOf as tokenOfCalendar, findPlanByCalendar as planByCalendar } from '../store/plans.ts';
