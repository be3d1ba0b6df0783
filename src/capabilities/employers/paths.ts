export const employersPath = '/employers';
const withQuery = (path: string, query: URLSearchParams): string => (query.size > 0 ? `${path}?${query}` : path);

export const employerListPath = (query: URLSearchParams): string => withQuery(employersPath, query);
export const employersFilePath = (format: 'csv' | 'xlsx', query: URLSearchParams): string =>
  withQuery(`${employersPath}/employers.${format}`, query);
export const newEmployerPath = `${employersPath}/new`;
export const employerPath = (id: string): string => `${employersPath}/${id}`;
export const editEmployerPath = (id: string): string => `${employerPath(id)}/edit`;
export const employerActPath = (id: string, act: string): string => `${employerPath(id)}/${act}`;
export type PartSlug = 'contacts' | 'meetings' | 'next-steps' | 'asks';
export const newPartPath = (employer: string, slug: PartSlug): string => `${employerPath(employer)}/${slug}/new`;
export const partPath = (employer: string, slug: PartSlug, part: string): string =>
  `${employerPath(employer)}/${slug}/${part}`;
export const nextStepsPath = `${employersPath}/next-steps`;
export const sharePath = (id: string): string => `${employerPath(id)}/share`;
export const sharingActPath = (id: string, act: 'accept' | 'end'): string => `${employersPath}/sharing/${id}/${act}`;
export const importPath = `${employersPath}/import`;
export const templatePath = (format: 'csv' | 'xlsx'): string => `${employersPath}/template.${format}`;
export const localNeedPath = `${employersPath}/local-need`;
export const localNeedOfPath = (route: string): string => `${localNeedPath}?${new URLSearchParams({ route })}`;
