/**
 * A mail address as this toolkit takes it: one mailbox, no display name, no comment, no quoted part. Stricter than
 * RFC 5321 on purpose: what a mail library would read as two recipients, or as a new header, never gets that far.
 */
const mailbox =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** RFC 5321, 4.5.3.1: 256 octets for the path with its brackets. */
const longest = 254;

/** The address in the one form in which it is kept and compared; `null` when it is none. */
export const readAddress = (typed: string): string | null => {
  const address = typed.trim().toLowerCase();
  return address.length <= longest && address.indexOf('@') <= 64 && mailbox.test(address) ? address : null;
};
