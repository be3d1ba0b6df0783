/** UK Provider Reference Number: eight digits from 10000000 to 99999999 (HESA's field UKPRN; nearly all begin with 1). */
export const readUkprn = (typed: string): string | null => {
  const digits = typed.replaceAll(/\s/g, '');
  return /^[1-9]\d{7}$/.test(digits) ? digits : null;
};
