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

export const evidencePath = '/employers/evidence';
export const evidenceRecordPath = (occupation: string): string => `${evidencePath}/${encodeURIComponent(occupation)}`;
export const evidenceFilePath = (occupation: string, format: 'docx' | 'pdf' | 'xlsx' | 'csv', whole: boolean): string =>
  `${evidenceRecordPath(occupation)}/record.${format}${whole ? '' : '?for=others'}`;
export const measurePath = '/employers/evidence-measure';
export const attendancesPath = '/employers/attendances';
export const attendancePath = (key: string): string => `${attendancesPath}/${key}`;
export const attendanceActPath = (key: string, act: string): string => `${attendancePath(key)}/${act}`;
export const lettersPath = '/employers/letters';
export const newLetterPath = `${lettersPath}/new`;
export const newLetterToPath = (employer: string): string => `${newLetterPath}?employer=${employer}`;
export const letterPath = (id: string): string => `${lettersPath}/${id}`;
export const letterActPath = (id: string, act: string): string => `${letterPath(id)}/${act}`;
/** The employer's page of a letter; its token reaches no log. */
export const signPath = (token: string): string => `/employers/sign/${encodeURIComponent(token)}`;
export const signActPath = (token: string, act: string): string => `${signPath(token)}/${act}`;
