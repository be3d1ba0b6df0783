/**
 * The 15 routes by which occupations are grouped: the names that the records of Skills England's standards have.
 */
export const occupationalRoutes = [
  'Agriculture, environmental and animal care',
  'Business and administration',
  'Care services',
  'Catering and hospitality',
  'Construction and the built environment',
  'Creative and design',
  'Digital',
  'Education and childcare',
  'Engineering and manufacturing',
  'Hair and beauty',
  'Health and science',
  'Legal, finance and accounting',
  'Protective services',
  'Sales, marketing and procurement',
  'Transport and logistics',
] as const;

export type OccupationalRoute = (typeof occupationalRoutes)[number];
