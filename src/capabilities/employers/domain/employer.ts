import type { Region } from '#kernel/region.ts';

/** Employees, by the definitions of the UK business population statistics. */
export const sizes = ['micro', 'small', 'medium', 'large'] as const;
export type Size = (typeof sizes)[number];

export const sizeWords: Readonly<Record<Size, string>> = {
  micro: 'Micro: up to 9 employees',
  small: 'Small: 10 to 49 employees',
  medium: 'Medium: 50 to 249 employees',
  large: 'Large: 250 employees or more',
};

/** What an employer offers to a provider. */
export const offers = ['speaker', 'project', 'placement', 'kit', 'staff time'] as const;
export type EmployerOffer = (typeof offers)[number];

export const offerWords: Readonly<Record<EmployerOffer, string>> = {
  speaker: 'Speakers',
  project: 'Projects for learners',
  placement: 'Placements',
  kit: 'Kit: equipment, software or materials',
  'staff time': 'Time of their staff',
};

export const meetingKinds = ['meeting', 'visit', 'call', 'panel'] as const;
export type MeetingKind = (typeof meetingKinds)[number];

export const meetingKindWords: Readonly<Record<MeetingKind, string>> = {
  meeting: 'Meeting',
  visit: 'Visit',
  call: 'Call',
  panel: 'Employers’ panel',
};

/** What an organisation keeps of an employer that it works with. */
export type Employer = {
  readonly id: string;
  /** The provider or awarding organisation that keeps the record. */
  readonly organisation: string;
  readonly name: string;
  readonly companyNumber: string | null;
  readonly size: Size | null;
  /** A section of the SIC 2007, A to U. */
  readonly sector: string | null;
  readonly region: Region | null;
  /** Empty: not known. */
  readonly town: string;
  readonly routes: readonly string[];
  /** References of standards: ST0116. */
  readonly occupations: readonly string[];
  readonly offers: readonly EmployerOffer[];
  readonly notes: string;
  readonly revision: number;
  readonly madeAt: Date;
  readonly changedAt: Date;
};

/** What someone may type of it. */
export type EmployerText = Omit<Employer, 'id' | 'organisation' | 'revision' | 'madeAt' | 'changedAt'>;

/** Someone who works there. Without consent there is nothing but a name and a role. */
export type Contact = {
  readonly id: string;
  readonly employer: string;
  readonly name: string;
  readonly role: string;
  readonly email: string | null;
  readonly telephone: string | null;
  /** What they agreed to, and on which day. */
  readonly consent: string | null;
  readonly consentOn: string | null;
  /** The last day for which they agreed; `null`: until they say otherwise. */
  readonly consentUntil: string | null;
  /** They agreed that organisations with which the record is shared have it too. */
  readonly mayShare: boolean;
  readonly revision: number;
  readonly touchedAt: Date;
};

/** A contact as it may be used on a day: what was agreed to is over after its last one, whether a job has run since or not. @param today ISO day. */
export const agreedOn = (contact: Contact, today: string): Contact =>
  contact.consentUntil !== null && contact.consentUntil < today
    ? { ...contact, email: null, telephone: null, consent: null, consentOn: null, consentUntil: null, mayShare: false }
    : contact;

export type Meeting = {
  readonly id: string;
  readonly employer: string;
  /** ISO day. */
  readonly heldOn: string;
  readonly kind: MeetingKind;
  readonly said: string;
  readonly occupations: readonly string[];
  /** Contacts of the employer who were there. */
  readonly present: readonly { readonly contact: string; readonly name: string; readonly role: string }[];
  readonly confidential: boolean;
  /** `null`: whoever wrote it has deleted their account. */
  readonly recordedBy: string | null;
  readonly recordedAt: Date;
  readonly revision: number;
};

export type NextStep = {
  readonly id: string;
  readonly employer: string;
  readonly what: string;
  /** A member of the organisation; `null`: nobody yet. */
  readonly owner: string | null;
  /** ISO day. */
  readonly due: string;
  readonly doneAt: Date | null;
  readonly revision: number;
};

/** What an employer asks for. */
export type Ask = {
  readonly id: string;
  readonly employer: string;
  /** In the employer's words; may be empty where an occupation is named. */
  readonly jobTitle: string;
  /** A standard's reference. */
  readonly occupation: string | null;
  /** The version whose codes `ksbs` are. */
  readonly standardVersion: string | null;
  readonly ksbs: readonly string[];
  readonly route: string;
  /** How many people they look for. */
  readonly howMany: number | null;
  readonly town: string;
  readonly region: Region;
  /** ISO day. */
  readonly askedOn: string;
  /** A meeting, a letter, the employer's own words. */
  readonly source: string;
  readonly meeting: string | null;
  readonly revision: number;
};
