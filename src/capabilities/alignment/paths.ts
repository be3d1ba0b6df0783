/** Where this capability's pages are. */
export const checkPath = '/check';
export const examplePath = (name: string): string => `/check/examples/${encodeURIComponent(name)}`;
/** Every rule that the check works by; each has its place on that page. */
export const rulesPath = '/check/rules';
export const rulePath = (id: string): string => `${rulesPath}#${id}`;
export const templatePath = '/check/workbook';

/** A workbook for these standards: `ST0127` or `ST0127@1.2` each. */
export const templateFilePath = (standards: readonly string[], format: 'xlsx' | 'ods'): string =>
  `/check/workbook.${format}?${new URLSearchParams(standards.map((one): [string, string] => ['standard', one]))}`;
