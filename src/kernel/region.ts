/**
 * The nine regions of England (ITL 1, Office for National Statistics), and the other countries of the United Kingdom; spelt as
 * the register of providers spells them.
 */
export const regions = [
  'North East',
  'North West',
  'Yorkshire and The Humber',
  'East Midlands',
  'West Midlands',
  'East of England',
  'London',
  'South East',
  'South West',
  'Wales',
  'Scotland',
  'Northern Ireland',
] as const;

export type Region = (typeof regions)[number];
