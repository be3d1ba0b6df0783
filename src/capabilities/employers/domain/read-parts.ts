import { occupationalRoutes } from '#kernel/occupational-route.ts';
import { regions } from '#kernel/region.ts';
import { type Ask, type Contact, type Meeting, meetingKinds, type NextStep } from './employer.ts';
import { lineOf, makeProblems, notAReference, type Read, readDay, readReferences, type Typed } from './typed.ts';

type Own = 'id' | 'employer' | 'revision';
export type ContactText = Omit<Contact, Own | 'touchedAt'>;
export type MeetingText = Omit<Meeting, Own | 'present' | 'recordedBy' | 'recordedAt'> & {
  readonly present: readonly string[];
};
export type NextStepText = Omit<NextStep, Own | 'doneAt'> & { readonly done: boolean };
export type AskText = Omit<Ask, Own | 'standardVersion'>;

const dayHint = 'such as 2026-11-30';

const ticked = (typed: Typed, field: string): boolean => lineOf(typed, field) === 'yes';

/** A day that has come; @param today ISO day. */
const pastDay = (
  typed: Typed,
  field: string,
  today: string,
  wrong: (field: string, text: string) => void,
  what: string,
): string => {
  const day = readDay(lineOf(typed, field));
  if (day === null) wrong(field, `Enter ${what}, ${dayHint}`);
  else if (day > today) wrong(field, `Enter ${what}: it cannot be after today`);
  return day ?? today;
};

/** Address and number are kept with consent alone. @param address what an address has to be; `null`: it is none. */
export const readContact = (
  typed: Typed,
  today: string,
  address: (typed: string) => string | null,
): Read<ContactText> => {
  const { problems, wrong, line } = makeProblems();
  const name = line(typed, 'name', 'Enter the name of the contact');
  const role = line(typed, 'role');
  const consent = line(typed, 'consent');
  const given = { email: lineOf(typed, 'email'), telephone: line(typed, 'telephone') };
  const email = given.email === '' ? null : address(given.email);
  if (given.email !== '' && email === null) wrong('email', 'Enter an email address, such as name@example.org');
  if (given.telephone !== '' && !/^[+\d][\d ()-]{4,29}$/.test(given.telephone))
    wrong('telephone', 'Enter a telephone number, such as 01632 960 001');
  if (consent === '') {
    if (given.email !== '' || given.telephone !== '')
      wrong('consent', 'Say what they agreed to. Without their consent nothing is kept but a name and a role');
    return {
      problems,
      text: {
        name,
        role,
        email: null,
        telephone: null,
        consent: null,
        consentOn: null,
        consentUntil: null,
        mayShare: false,
      },
    };
  }
  const consentOn = pastDay(typed, 'consentOn', today, wrong, 'the day on which they agreed');
  const untilTyped = lineOf(typed, 'consentUntil');
  const consentUntil = untilTyped === '' ? null : readDay(untilTyped);
  if (untilTyped !== '' && consentUntil === null) wrong('consentUntil', `Enter a day, ${dayHint}, or leave it empty`);
  else if (consentUntil !== null && consentUntil < today)
    wrong('consentUntil', 'That day is past, so their consent has ended: take it away, or enter another day');
  return {
    problems,
    text: {
      name,
      role,
      email,
      telephone: given.telephone || null,
      consent,
      consentOn,
      consentUntil,
      mayShare: ticked(typed, 'mayShare'),
    },
  };
};

/** @param contacts ids of the employer's contacts. */
export const readMeeting = (typed: Typed, today: string, contacts: ReadonlySet<string>): Read<MeetingText> => {
  const { problems, wrong, text } = makeProblems();
  const kind = meetingKinds.find((one) => one === lineOf(typed, 'kind'));
  if (!kind) wrong('kind', 'Choose what it was');
  const occupations = readReferences(typed.occupations ?? []);
  if (occupations.wrong !== null) wrong('occupations', notAReference(occupations.wrong));
  return {
    problems,
    text: {
      heldOn: pastDay(typed, 'heldOn', today, wrong, 'the day on which it was'),
      kind: kind ?? 'meeting',
      said: text(typed, 'said', 'Enter what was said and decided'),
      occupations: occupations.references,
      present: (typed.present ?? []).filter((one) => contacts.has(one)),
      confidential: ticked(typed, 'confidential'),
    },
  };
};

/** @param owners ids of the organisation's members. */
export const readNextStep = (typed: Typed, owners: ReadonlySet<string>): Read<NextStepText> => {
  const { problems, wrong, line } = makeProblems();
  const owner = lineOf(typed, 'owner');
  if (owner !== '' && !owners.has(owner)) wrong('owner', 'Choose someone who belongs to your organisation');
  const due = readDay(lineOf(typed, 'due'));
  if (due === null) wrong('due', `Enter the day by which it is to be done, ${dayHint}`);
  return {
    problems,
    text: {
      what: line(typed, 'what', 'Enter what is to be done'),
      owner: owners.has(owner) ? owner : null,
      due: due ?? '',
      done: ticked(typed, 'done'),
    },
  };
};

/** Codes in one field: "K1, S4". */
const readCodes = (typed: string): readonly string[] => [
  ...new Set(
    typed
      .toUpperCase()
      .split(/[\s,;]+/)
      .filter((code) => code !== ''),
  ),
];

/** A standard as far as an ask needs it: its version's codes and its route. */
export type AskedStandard = {
  readonly version: string;
  readonly codes: ReadonlySet<string>;
  readonly route: string | null;
};

/**
 * @param meetings ids of the employer's meetings.
 * @param standard what the standards here say of the occupation that was typed; `null`: they do not have it.
 */
export const readAsk = (
  typed: Typed,
  today: string,
  meetings: ReadonlySet<string>,
  standard: AskedStandard | null,
): Read<AskText> => {
  const { problems, wrong, line } = makeProblems();
  const jobTitle = line(typed, 'jobTitle');
  const { references, wrong: notOne } = readReferences(typed.occupation ?? []);
  if (notOne !== null) wrong('occupation', notAReference(notOne));
  else if (references.length > 1) wrong('occupation', 'Enter one occupation, and another ask for another');
  const occupation = notOne === null ? (references[0] ?? null) : null;
  if (jobTitle === '' && occupation === null && notOne === null)
    wrong('jobTitle', 'Enter the job title that they use, or the reference of an occupation');
  const ksbs = readCodes(lineOf(typed, 'ksbs'));
  const unknown = ksbs.filter((code) => !standard?.codes.has(code));
  if (ksbs.length > 0 && occupation === null) wrong('ksbs', 'Say of which occupation these are');
  else if (ksbs.length > 0 && standard === null)
    wrong('ksbs', 'The standards here do not have that occupation, so its KSBs cannot be told. Leave this empty');
  else if (unknown.length > 0)
    wrong('ksbs', `Version ${standard?.version} of ${occupation} has no ${unknown.slice(0, 5).join(', ')}`);
  const routeTyped = lineOf(typed, 'route') || standard?.route || '';
  const route = occupationalRoutes.find((one) => one === routeTyped);
  if (!route) wrong('route', 'Choose the route that it belongs to');
  const region = regions.find((one) => one === lineOf(typed, 'region'));
  if (!region) wrong('region', 'Choose the region in which they look for people');
  const howMany = lineOf(typed, 'howMany');
  if (howMany !== '' && !/^[1-9]\d{0,4}$/.test(howMany)) wrong('howMany', 'Enter a whole number of people, such as 3');
  const meeting = lineOf(typed, 'meeting');
  return {
    problems,
    text: {
      jobTitle,
      occupation,
      ksbs,
      route: route ?? '',
      howMany: howMany === '' ? null : Number(howMany),
      town: line(typed, 'town'),
      region: region ?? 'London',
      askedOn: pastDay(typed, 'askedOn', today, wrong, 'the day on which they asked'),
      source: line(typed, 'source'),
      meeting: meetings.has(meeting) ? meeting : null,
    },
  };
};
