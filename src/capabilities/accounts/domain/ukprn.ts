/** UK Provider Reference Number: eight digits, the first of them 1 (UK Register of Learning Providers). */
export const readUkprn = (typed: string): string | null => {
  const digits = typed.replaceAll(/\s/g, '');
  return /^1\d{7}$/.test(digits) ? digits : null;
};
