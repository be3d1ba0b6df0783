import type { EvidenceEmployer, EvidenceItem, EvidencePart } from './evidence.ts';

/** `taken back`: signed, and later withdrawn by whoever signed. `withdrawn`: by the organisation, before it was signed. */
export type LetterState = 'draft' | 'sent' | 'signed' | 'declined' | 'withdrawn' | 'taken back';

export type Signer = { readonly name: string; readonly role: string; readonly address: string };

/** What was signed: the database lets nobody change it. */
export type SignedLetter = {
  readonly parts: readonly EvidencePart[];
  readonly occupations: readonly string[];
  readonly signedAt: Date;
  /** Over everything that `signedWords` writes. */
  readonly sha256: string;
  /** HMAC-SHA256 of the signer under a key that goes with their name. */
  readonly signerHash: string;
  /** `null`: taken out at their wish. */
  readonly signer: Signer | null;
  /** The names as they stood that day: a letter does not change with the records around it. */
  readonly organisationName: string;
  readonly employerName: string;
};

/** The person at the employer to whom it goes. @see consent of the contact. */
export type LetterContact = {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  /** `null`: not known, or they did not agree to be written to. */
  readonly address: string | null;
};

export type Letter = {
  readonly id: string;
  readonly organisation: string;
  readonly organisationName: string;
  readonly employer: EvidenceEmployer;
  /** `null`: no longer a contact of the employer. */
  readonly contact: LetterContact | null;
  readonly occupations: readonly string[];
  /** What the organisation drafted. */
  readonly draft: string;
  /** What the employer made of it, before signing; `null`: nothing yet. */
  readonly amended: string | null;
  readonly state: LetterState;
  readonly revision: number;
  /** In the address of the employer's page. */
  readonly token: string;
  /** HMAC of the address that the link went to, under the token: only that address signs. */
  readonly sentTo: string | null;
  readonly sentAt: Date | null;
  /** Until when the link may be used to sign. */
  readonly until: Date | null;
  /** Why the employer declined or took it back; empty: not said. */
  readonly reason: string;
  /** Who drafted it; `null`: they have deleted their account. */
  readonly madeBy: string | null;
  readonly madeAt: Date;
  readonly signed: SignedLetter | null;
};

/** Days for which a link may be used: time for an employer's own people to agree. */
export const letterDays = 28;

/** Characters: two pages. */
export const longestLetter = 8000;

/** Where a letter stands for whoever opens its link. */
export type LetterStanding = 'open' | 'expired' | 'signed' | 'declined' | 'withdrawn' | 'taken back';

export const standingOf = (letter: Letter, now: Date): LetterStanding => {
  switch (letter.state) {
    case 'signed':
    case 'declined':
    case 'taken back':
      return letter.state;
    case 'sent':
      // Without an address there is nobody left whom the link could identify.
      if (!letter.contact?.address) return 'withdrawn';
      return letter.until !== null && now < letter.until ? 'open' : 'expired';
    default:
      return 'withdrawn';
  }
};

/** Whether nothing comes of a letter any more: another may be drafted from it. */
export const cameToNothing = ({ state }: Pick<Letter, 'state'>): boolean =>
  state === 'declined' || state === 'withdrawn' || state === 'taken back';

/** The paragraphs of a text: an empty line parts them. */
export const paragraphsOf = (text: string): readonly string[] =>
  text
    .replaceAll('\r\n', '\n')
    .split(/\n[^\S\n]*\n/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** Whether something is left that only the employer can fill in: a square bracket, also where its other half is gone. */
export const hasPrompts = (text: string): boolean => /[[\]]/.test(text);

/** Everything a signature stands for, in one fixed order: what the hash is taken over. @param letter its id. */
export const signedWords = (
  letter: string,
  signed: Pick<SignedLetter, 'parts' | 'occupations' | 'signedAt' | 'signerHash' | 'organisationName' | 'employerName'>,
): string =>
  JSON.stringify([
    letter,
    signed.organisationName,
    signed.employerName,
    signed.occupations,
    signed.parts.map((one) => [one.text, one.confidential]),
    signed.signedAt.toISOString(),
    signed.signerHash,
  ]);

/** What a letter is drafted from. */
export type LetterFacts = {
  readonly organisation: string;
  readonly employer: string;
  /** Titles with references: "Network engineer (ST0127)". */
  readonly occupations: readonly string[];
  /** What the record has of this employer. */
  readonly items: readonly EvidenceItem[];
  /** What the employer asked for, each a line. */
  readonly asks: readonly string[];
};

const andList = (all: readonly string[]): string =>
  all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;

/** "in 2026", "from 2024 to 2026". @param days ISO, at least one. */
const yearsWords = (days: readonly string[]): string => {
  const years = days.map((one) => one.slice(0, 4)).toSorted();
  const [first, last] = [years[0], years.at(-1)];
  return first === last ? `in ${first}` : `from ${first} to ${last}`;
};

const timesWords = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);

/** What passed between the two, in a sentence as an employer would say it: how often and in which years. */
const touchWords = (organisation: string, items: readonly EvidenceItem[]): readonly string[] => {
  // Others will read the letter: that a confidential meeting took place is not said.
  const daysOf = (kind: EvidenceItem['kind']) =>
    items.filter((one) => one.kind === kind && !one.confidential).map((one) => one.on);
  const [meetings, attendances] = [daysOf('meeting'), daysOf('attendance')];
  const said = [
    ...(meetings.length > 0
      ? [`spoke with ${organisation} about this ${timesWords(meetings.length)} ${yearsWords(meetings)}`]
      : []),
    ...(attendances.length > 0
      ? [
          `came to ${attendances.length === 1 ? 'an event' : `${attendances.length} events`} for employers ${yearsWords(attendances)}`,
        ]
      : []),
  ];
  return said.length > 0 ? [`We ${andList(said)}.`] : [];
};

/** The draft of a letter, from what is known. What only the employer knows stands in square brackets, to be replaced. */
export const draftLetter = ({ organisation, employer, occupations, items, asks }: LetterFacts): string => {
  const these = occupations.length === 1 ? 'this occupation' : 'these occupations';
  return [
    `${employer} writes about ${andList(occupations)}.`,
    `[What your organisation does, and how many people you have in ${these}]`,
    ...touchWords(organisation, items),
    ...(asks.length > 0 ? [`We look for people for these jobs: ${andList([...new Set(asks)])}.`] : []),
    '[Which knowledge, skills and behaviours matter most to you, and which you find hardest to recruit for]',
    `We want a Higher Technical Qualification for ${these} to be taught near us, and would consider people who hold it. [What you would do for it: placements, projects, speakers, equipment; or take this sentence out]`,
  ].join('\n\n');
};
