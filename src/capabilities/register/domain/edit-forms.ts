import { dayWords } from '#kernel/london-time.ts';
import { occupationalRoutes } from '#kernel/occupational-route.ts';
import { regions } from '#kernel/region.ts';
import { isDay } from './day.ts';
import { withdrawalReasons } from './fact.ts';
import { type Change, type Entry, modeWords, type Offer, type Withdrawal } from './register-entry.ts';

/** One field of a form that says something to the register. */
export type EditField = {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly kind: 'text' | 'long' | 'day' | 'choice';
  readonly optional: boolean;
  readonly choices: readonly { readonly value: string; readonly text: string }[];
};

const field = (name: string, label: string, more: Partial<EditField> = {}): EditField => ({
  name,
  label,
  hint: '',
  kind: 'text',
  optional: false,
  choices: [],
  ...more,
});
const day = (name: string, label: string, more: Partial<EditField> = {}) =>
  field(name, label, { kind: 'day', hint: 'Such as 1/9/2026', ...more });
const optional = { optional: true } as const;
const choice = (
  name: string,
  label: string,
  choices: readonly (readonly [string, string])[],
  more: Partial<EditField> = {},
) => field(name, label, { kind: 'choice', choices: choices.map(([value, text]) => ({ value, text })), ...more });

export type EditKind = 'details' | 'approval' | 'offer' | 'confirm' | 'change' | 'withdrawal' | 'review';

export const editTitles: Readonly<Record<EditKind, string>> = {
  details: 'Change its details',
  approval: 'Approve it for an occupation',
  offer: 'Enter an offer',
  confirm: 'Confirm an offer',
  change: 'Enter a change',
  withdrawal: 'Withdraw approval',
  review: 'Enter a procedural review',
};

const details: readonly EditField[] = [
  field('title', 'Title'),
  field('numbers', 'Numbers', {
    hint: 'The one it goes by first; others, such as from before a renumbering, after a comma',
  }),
  choice('level', 'Level', [
    ['4', 'Level 4'],
    ['5', 'Level 5'],
  ]),
  field('awardingOrganisation', 'Awarding organisation'),
  choice(
    'route',
    'Route',
    occupationalRoutes.map((one) => [one, one] as const),
    optional,
  ),
  field('credits', 'Credits', { ...optional, hint: 'A whole number' }),
];

export const editFields: Readonly<Record<EditKind | 'new', readonly EditField[]>> = {
  new: [...details, day('from', 'In the register from')],
  details: [
    ...details,
    day('from', 'True from', {
      hint: 'An earlier day puts the past right; it is recorded that it was not known before',
    }),
  ],
  approval: [
    field('occupation', 'Occupation', { hint: 'The reference of its standard, such as ST0127' }),
    field('standardVersion', 'Version of the standard', { ...optional, hint: 'Such as 1.1' }),
    field('option', 'Option', { ...optional, hint: 'Of a standard with core and options' }),
    field('cycle', 'Cycle', { hint: 'Such as 5.2' }),
    day('approvedOn', 'Approved on'),
    day('firstTeach', 'First teach'),
    day('nextReview', 'Next review', optional),
  ],
  offer: [
    field('ukprn', 'Provider', { hint: 'Its UKPRN' }),
    field('providerName', 'Name of the provider', { ...optional, hint: 'Only when the register does not know it yet' }),
    field('site', 'Site'),
    field('postcode', 'Postcode', optional),
    choice('mode', 'Way of study', Object.entries(modeWords)),
    field('entryRoutes', 'Ways in', { ...optional, kind: 'long', hint: 'One a line' }),
    field('units', 'Units that it runs', {
      ...optional,
      hint: 'Their codes, with commas; empty: all that its rules permit',
    }),
    day('firstTeach', 'First teach', optional),
    day('from', 'Offered from'),
    day('until', 'First day on which it is offered no longer', optional),
  ],
  confirm: [
    day('confirmedOn', 'Confirmed on'),
    field('confirmedWith', 'Confirmed with', { hint: 'Such as: centre approval letter of 1 February' }),
  ],
  change: [
    choice('size', 'Is it minor or major?', [
      ['minor', 'Minor: approval is not touched'],
      ['major', 'Major: it may touch the test by which it was approved'],
    ]),
    field('what', 'What changes', { kind: 'long' }),
    day('proposedOn', 'Proposed on'),
    choice('answer', 'Answer', [
      ['waiting', 'Not answered yet'],
      ['accepted', 'Accepted'],
      ['refused', 'Refused'],
      ['none-needed', 'A minor change: none is needed'],
    ]),
    day('answeredOn', 'Answered on', optional),
    field('words', 'What was answered', { ...optional, kind: 'long' }),
  ],
  withdrawal: [
    field('occupation', 'Occupation', { ...optional, hint: 'The reference of its standard; empty: all of them' }),
    day('on', 'Withdrawn from'),
    choice(
      'reason',
      'Reason',
      Object.entries(withdrawalReasons).filter(([code]) => code !== 'not-said'),
    ),
    field('note', 'Note', { ...optional, kind: 'long', hint: 'Shown on the entry' }),
  ],
  review: [
    day('askedOn', 'Asked for on'),
    choice('outcome', 'What came of it', [
      ['waiting', 'Not answered yet'],
      ['upheld', 'The withdrawal stands'],
      ['taken-back', 'The withdrawal is taken back: what it ended stands again'],
    ]),
    day('answeredOn', 'Answered on', optional),
    field('words', 'What was answered', { ...optional, kind: 'long', hint: 'Shown on the entry' }),
  ],
};

export const providerFields: readonly EditField[] = [
  field('name', 'Name'),
  field('type', 'Kind', { ...optional, hint: 'Such as: further education college' }),
  choice(
    'region',
    'Region',
    regions.map((one) => [one, one] as const),
    optional,
  ),
  field('town', 'Town', optional),
  field('postcode', 'Postcode', optional),
  day('from', 'True from', { hint: 'An earlier day puts the past right' }),
];

/** Characters of a line, such as a title: an index of the database takes no more than some two thousand bytes. */
export const longestLine = 300;
/** Characters of a text of several lines. */
const longestText = 5000;

export type Typed = Readonly<Record<string, string>>;
export type Fault = { readonly field: string; readonly text: string };

/** Parts of what was typed into one field. */
export const lines = (text: string, by: RegExp): readonly string[] =>
  text
    .split(by)
    .map((one) => one.trim())
    .filter(Boolean);

/** What every form asks: that nothing needed is missing, and that days are days and choices are among those given. */
export const fieldFaults = (fields: readonly EditField[], typed: Typed): readonly Fault[] => {
  const faults: Fault[] = [];
  const fault = (name: string, text: string) => faults.push({ field: name, text });
  for (const one of fields) {
    const value = typed[one.name] ?? '';
    if (value === '' && !one.optional)
      fault(
        one.name,
        one.kind === 'choice' ? `Choose: ${one.label.toLowerCase()}` : `Enter: ${one.label.toLowerCase()}`,
      );
    const most = one.kind === 'long' ? longestText : longestLine;
    if (value.length > most) fault(one.name, `${one.label}: enter at most ${most} characters`);
    if (value !== '' && one.kind === 'day' && !isDay(value))
      fault(one.name, `${one.label}: enter a day, such as 1/9/2026`);
    if (value !== '' && one.kind === 'choice' && !one.choices.some((each) => each.value === value))
      fault(one.name, `Choose: ${one.label.toLowerCase()}`);
  }
  return faults;
};

/** What is wrong with what was typed, field by field. */
export const editFaults = (
  kind: EditKind | 'new',
  typed: Typed,
  entry: Entry | null,
  knownProvider: boolean,
  today: string,
): readonly Fault[] => {
  const faults = [...fieldFaults(editFields[kind], typed)];
  const fault = (name: string, text: string) => faults.push({ field: name, text });
  if (faults.length > 0) return faults;
  const value = (name: string): string => typed[name] ?? '';
  const crossed = (first: string, second: string, words: string) => {
    if (value(first) !== '' && value(second) !== '' && value(second) < value(first)) fault(second, words);
  };
  if (value('credits') !== '' && !/^[1-9]\d{0,2}$/.test(value('credits')))
    fault('credits', 'Credits: enter a whole number, such as 120');
  if (kind === 'approval' && !/^[A-Za-z]{2,4}\d{3,5}[A-Za-z]?$/.test(value('occupation')))
    fault('occupation', 'Occupation: enter the reference of a standard, such as ST0127');
  crossed('approvedOn', 'firstTeach', 'First teach cannot be before the day of approval');
  crossed('approvedOn', 'nextReview', 'The next review cannot be before the day of approval');
  crossed('proposedOn', 'answeredOn', 'The answer cannot come before the proposal');
  crossed('askedOn', 'answeredOn', 'The answer cannot come before the request');
  const isAnswered =
    ['accepted', 'refused'].includes(value('answer')) || ['upheld', 'taken-back'].includes(value('outcome'));
  if (isAnswered && value('answeredOn') === '') fault('answeredOn', 'Enter the day on which it was answered');
  if (!isAnswered && value('answeredOn') !== '')
    fault(kind === 'review' ? 'outcome' : 'answer', 'Choose what was answered, or leave the day of the answer empty');
  if (value('confirmedOn') > today) fault('confirmedOn', 'It cannot be confirmed on a day that is still to come');
  if (value('until') !== '' && value('until') <= value('from')) fault('until', 'It cannot end before it began');
  if (kind === 'offer') {
    if (!/^[1-9]\d{7}$/.test(value('ukprn'))) fault('ukprn', 'Provider: a UKPRN has eight digits, the first not 0');
    else if (!knownProvider && value('providerName') === '')
      fault('providerName', 'The register does not know this provider yet: enter its name');
  }
  if (kind === 'approval' && entry) {
    const occupation = value('occupation').toUpperCase();
    const withdrawn = entry.approvals.some((one) => one.occupation === occupation)
      ? undefined
      : entry.withdrawals.find(
          (one) => (one.occupation === null || one.occupation === occupation) && one.on >= value('approvedOn'),
        );
    if (withdrawn)
      fault(
        'approvedOn',
        `It was withdrawn on ${dayWords(withdrawn.on)}: enter the day of a new approval, or take the withdrawal back`,
      );
  }
  if (kind === 'withdrawal' && entry) {
    const concerned = entry.approvals.filter(
      (one) => value('occupation') === '' || one.occupation === value('occupation').toUpperCase(),
    );
    if (concerned.length === 0) fault('occupation', 'It is not approved for this occupation');
    else if (concerned.every((one) => value('on') <= one.approvedOn))
      fault('on', 'It cannot be withdrawn before it was approved');
  }
  return faults;
};

/** What a form begins with. */
export const editStart = (
  kind: EditKind | 'new',
  entry: Entry | null,
  {
    offer,
    change,
    withdrawal,
  }: { readonly offer: Offer | null; readonly change: Change | null; readonly withdrawal: Withdrawal | null },
  today: string,
): Typed => {
  if (kind === 'details' && entry)
    return {
      title: entry.title,
      numbers: entry.numbers.join(', '),
      level: String(entry.level),
      awardingOrganisation: entry.awardingOrganisation,
      route: entry.route ?? '',
      credits: entry.credits === null ? '' : String(entry.credits),
      from: today,
    };
  if (kind === 'offer' && offer)
    return {
      ukprn: offer.ukprn,
      site: offer.site,
      postcode: offer.postcode,
      mode: offer.mode,
      entryRoutes: offer.entryRoutes.join('\n'),
      units: offer.units.join(', '),
      firstTeach: offer.firstTeach ?? '',
      from: offer.from,
      until: offer.until ?? '',
    };
  if (kind === 'change' && change)
    return {
      size: change.size,
      what: change.what,
      proposedOn: change.proposedOn,
      answer: change.answer,
      answeredOn: change.answeredOn ?? '',
      words: change.words,
    };
  if (kind === 'review' && withdrawal?.review) {
    const { askedOn, answeredOn, outcome, words } = withdrawal.review;
    return { askedOn, answeredOn: answeredOn ?? '', outcome, words };
  }
  if (kind === 'confirm') return { confirmedOn: today };
  if (kind === 'change') return { proposedOn: today, answer: 'waiting' };
  return kind === 'new' ? { from: today, level: '4' } : {};
};
