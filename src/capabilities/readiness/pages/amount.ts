/** "£1,250.50" as pounds; `null` where nothing was typed, NaN for what is no amount. */
export const readAmount = (text: string): number | null => {
  if (text.trim() === '') return null;
  const plain = text.replaceAll(/[£,\s]/g, '');
  return /^\d{1,9}(?:\.\d{1,2})?$/.test(plain) ? Number(plain) : Number.NaN;
};

/** A whole number; `null` where nothing was typed, NaN for what is none. */
export const readCount = (text: string): number | null => {
  const plain = text.replaceAll(/[,\s]/g, '');
  if (plain === '') return null;
  return /^\d{1,5}$/.test(plain) ? Number(plain) : Number.NaN;
};

const whole = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP', maximumFractionDigits: 0 });
export const pounds = (amount: number): string => whole.format(amount);

const exact = new Intl.NumberFormat('en-GB', {
  style: 'currency',
  currency: 'GBP',
  trailingZeroDisplay: 'stripIfInteger',
});
/** "£777", "£1,250.50": what somebody typed, as they meant it. */
export const poundsAndPence = (amount: number): string => exact.format(amount);

export const percent = (share: number): string => `${Math.round(share * 100)}%`;
