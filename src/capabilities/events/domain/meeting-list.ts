/** What a meeting tool's list of participants tells of someone. */
export type Column = 'name' | 'address' | 'minutes';

/** Headers of the lists that Teams, Zoom, Meet and Webex write, in small letters. */
const headers: Readonly<Record<Column, readonly string[]>> = {
  name: [
    'name',
    'full name',
    'name (original name)',
    'name (original)',
    'participant name',
    'display name',
    'user name',
    'attendee name',
  ],
  address: [
    'email',
    'user email',
    'email address',
    'participant email',
    'attendee email',
    'participant id (upn)',
    'user email address',
  ],
  minutes: [
    'duration',
    'duration (minutes)',
    'total duration (minutes)',
    'in-meeting duration',
    'time in session (minutes)',
    'attendance duration',
    'meeting duration',
  ],
};

export type MeetingTable = {
  readonly columns: Readonly<Partial<Record<Column, number>>>;
  readonly rows: readonly (readonly string[])[];
};

/**
 * Finds the table in a list: Teams and Zoom write a summary above it, and Teams another table below. `null`: no row has a
 * header for a name or an address beside others.
 */
export const columnsOf = (rows: readonly (readonly string[])[]): MeetingTable | null => {
  for (const [at, row] of rows.entries()) {
    const cells = row.map((cell) => cell.trim().toLowerCase());
    const place = (column: Column): number => cells.findIndex((cell) => headers[column].includes(cell));
    const found = { name: place('name'), address: place('address'), minutes: place('minutes') };
    if ((found.name < 0 && found.address < 0) || cells.filter((cell) => cell !== '').length < 2) continue;
    const columns = Object.fromEntries(Object.entries(found).filter(([, index]) => index >= 0));
    const below = rows.slice(at + 1);
    // The table ends where a line is empty or has a single cell, as a heading has.
    const end = below.findIndex((one) => one.filter((cell) => cell.trim() !== '').length < 2);
    return { columns, rows: end < 0 ? below : below.slice(0, end) };
  }
  return null;
};

/** "1h 5m 10s", "65", "01:05:10" or "65 min" as minutes; `null`: it is not told. */
export const minutesOf = (text: string): number | null => {
  if (/^\d+(?:\.\d+)?(?:\s*min(?:ute)?s?)?$/.test(text)) return Number.parseFloat(text);
  const [, clockHours, clockMinutes, clockSeconds] = /^(\d+):(\d{2})(?::(\d{2}))?$/.exec(text) ?? [];
  if (clockHours !== undefined) return Number(clockHours) * 60 + Number(clockMinutes) + Number(clockSeconds ?? 0) / 60;
  const [all, hours, minutes, seconds] = /^(?:(\d+)\s*h\w*)?\s*(?:(\d+)\s*m\w*)?\s*(?:(\d+)\s*s\w*)?$/.exec(text) ?? [];
  if (!all) return null;
  return Number(hours ?? 0) * 60 + Number(minutes ?? 0) + Number(seconds ?? 0) / 60;
};

const plain = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    // "(Guest)", "(Northfield College)"
    .replaceAll(/\([^)]*\)/g, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '')
    .toSorted()
    .join(' ');

/** Whether two names are one person's, however they are spelt: "Osei, Amina (Guest)" and "Amina Osei". */
export const sameName = (one: string, other: string): boolean => plain(one) !== '' && plain(one) === plain(other);
