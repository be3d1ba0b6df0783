export const employersPath = '/employers';
export const employerPath = (id: string): string => `${employersPath}/${id}`;
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
