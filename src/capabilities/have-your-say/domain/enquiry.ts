/** What an enquiry may be about. */
export const topics = [
  'approvals',
  'delivery',
  'employers',
  'formats',
  'funding',
  'quality-mark',
  'this-toolkit',
] as const;
export type Topic = (typeof topics)[number];

export const topicWords: Readonly<Record<Topic, string>> = {
  approvals: 'Approval of qualifications',
  delivery: 'Getting ready and teaching',
  employers: 'Employers and events',
  formats: 'Other formats of documents',
  funding: 'Funding',
  'quality-mark': 'The quality mark',
  'this-toolkit': 'This toolkit',
};

/** `enquiry`: to whoever runs the instance; `wanted`: to other providers. */
export type EnquiryKind = 'enquiry' | 'wanted';

/** `new`: nobody has looked yet; `open`: a wanted question that providers answer. */
export type EnquiryState = 'new' | 'open' | 'answered' | 'declined';

export const enquiryStateWords: Readonly<Record<EnquiryState, string>> = {
  new: 'New',
  open: 'Open to answers',
  answered: 'Answered',
  declined: 'Declined',
};

export type Enquiry = {
  readonly id: string;
  readonly kind: EnquiryKind;
  readonly topic: Topic;
  readonly text: string;
  readonly address: string | null;
  readonly person: string | null;
  readonly madeAt: Date;
  /** ISO date. */
  readonly due: string;
  readonly owner: string | null;
  readonly state: EnquiryState;
  readonly answer: string | null;
  readonly decidedAt: Date | null;
  readonly publicQuestion: string | null;
  readonly publicAnswer: string | null;
  /** Address on this site of the page that it concerns; empty: none. */
  readonly page: string;
};

/** What whoever asked and whoever answers call it: the first eight digits of its id. */
export const referenceOf = (id: string): string => id.slice(0, 8).toUpperCase();

/** Days within which whoever asked hears of it: weekends count. */
export const answerDays = 14;

/** Characters of one question or answer: more is taken elsewhere. */
export const longestText = 20_000;
