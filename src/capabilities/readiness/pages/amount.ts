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

const wholePounds = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP', maximumFractionDigits: 0 });
/** "£1,250"; below nought with a minus sign, which a screen reader says and a hyphen it may not. */
export const pounds = (amount: number): string => wholePounds.format(amount).replace('-', '−');

const exact = new Intl.NumberFormat('en-GB', {
  style: 'currency',
  currency: 'GBP',
  trailingZeroDisplay: 'stripIfInteger',
});
/** "£777", "£1,250.50": what somebody typed, as they meant it. */
export const poundsAndPence = (amount: number): string => exact.format(amount);

/** A share of one; what is rounded to none or all, and is neither, says so. */
export const percent = (share: number): string => {
  const whole = Math.round(share * 100);
  if (whole === 0 && share > 1e-9) return 'under 1%';
  return whole === 100 && share < 1 - 1e-9 ? 'over 99%' : `${whole}%`;
};
