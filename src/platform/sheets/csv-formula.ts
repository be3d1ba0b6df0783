/**
 * Text that a spreadsheet would run as a formula when it opens a CSV gets an apostrophe before it (OWASP, CSV
 * injection). Text that already has apostrophes there gets one more, so that taking one away again loses nothing.
 */
const formula = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

export const neutralised = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** Undoes `neutralised`. */
export const asMeant = (text: string): string => (text.startsWith("'") && formula.test(text) ? text.slice(1) : text);
