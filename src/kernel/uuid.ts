/** Whether a text is a UUID as this instance writes them; a database refuses to compare anything else with one. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(text);
