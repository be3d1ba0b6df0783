/** Sessions of a series that are made at once. */
export const mostSessions = 26;

/**
 * The days of a series, ISO: each so many weeks after the one before. Days, so that a session keeps its hour in London
 * right across a clock change.
 */
export const sessionDays = (first: string, weeksApart: number, sessions: number): readonly string[] =>
  Array.from({ length: sessions }, (_, at) =>
    new Date(Date.parse(`${first}T00:00:00Z`) + at * weeksApart * 7 * 86_400_000).toISOString().slice(0, 10),
  );
