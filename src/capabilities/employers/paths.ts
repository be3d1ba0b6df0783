export const employersPath = '/employers';
export const employerPath = (id: string): string => `${employersPath}/${id}`;
