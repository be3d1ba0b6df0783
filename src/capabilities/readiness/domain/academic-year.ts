/** The academic year of an ISO day, from 1 August to 31 July: "2026/27". */
export const academicYearOf = (day: string): string => {
  const year = Number(day.slice(0, 4)) - (day.slice(5) < '08-01' ? 1 : 0);
  return `${year}/${String((year + 1) % 100).padStart(2, '0')}`;
};
