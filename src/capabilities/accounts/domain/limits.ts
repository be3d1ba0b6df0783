/** Times and limits of signing in. Sources: OWASP ASVS 5.0 V6.6 (codes by another channel: short-lived, single use, few guesses) and V7.3 (idle and absolute end of sessions). */
export const minutes = 60_000;

export const signInMinutes = 15;
export const guessesPerCode = 5;
/** Messages with a code to one address within an hour; what is asked for beyond is answered alike and not sent. */
export const codesPerHour = 5;
export const sessionIdleMinutes = 120;
export const sessionHours = 24;
export const invitationDays = 14;
