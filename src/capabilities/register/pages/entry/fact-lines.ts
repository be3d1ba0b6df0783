import { day } from '#web/words.ts';
import { scopeWords } from '../../domain/cycle.ts';
import { type Body, type Fact, type FactKind, withdrawalReasons } from '../../domain/fact.ts';
import { modeWords } from '../../domain/register-entry.ts';

const kindTitle: Readonly<Record<FactKind, string>> = {
  qualification: 'Details',
  approval: 'Approval',
  withdrawal: 'Withdrawal',
  offer: 'Offer',
  provider: 'Provider',
  change: 'Change',
  cycle: 'Cycle',
};

const told = (label: string, value: string | number | null): readonly string[] =>
  value === null || value === '' ? [] : [`${label}: ${value}`];
const onDay = (label: string, value: string | null): readonly string[] => (value ? [`${label}: ${day(value)}`] : []);

/** When a cycle can be handed in for. */
export const windowWords = (one: Body<'cycle'>['windows'][number]): string => {
  const dates =
    one.opens && one.closes
      ? `${day(one.opens)} to ${day(one.closes)}`
      : one.opens
        ? `from ${day(one.opens)}`
        : one.closes
          ? `until ${day(one.closes)}`
          : 'days not known';
  return `${one.name}: ${dates}${one.known ? `. ${one.known}` : ''}`;
};

const linesOf = (kind: FactKind, body: unknown, fact: Pick<Fact, 'keys'>): readonly string[] => {
  switch (kind) {
    case 'qualification': {
      const one = body as Body<'qualification'>;
      return [
        one.title,
        ...told('Numbers', one.numbers.join(', ')),
        ...told('Level', one.level),
        ...told('Awarding organisation', one.awardingOrganisation),
        ...told('Route', one.route),
        ...told('Credits', one.credits),
      ];
    }
    case 'approval': {
      const one = body as Body<'approval'>;
      return [
        `${fact.keys.occupation ?? ''} ${one.occupationTitle}`,
        ...told('Option', one.option),
        ...told('Version of the standard', one.standardVersion),
        ...told('Cycle', one.cycle),
        ...onDay('Approved on', one.approvedOn),
        ...onDay('First teach', one.firstTeach),
        ...onDay('Next review', one.nextReview),
      ];
    }
    case 'withdrawal': {
      const one = body as Body<'withdrawal'>;
      return [
        fact.keys.occupation ? `For ${fact.keys.occupation}` : 'For all occupations',
        withdrawalReasons[one.reason],
        ...told('Note', one.note),
        ...(one.review
          ? [
              ...onDay('Procedural review asked for on', one.review.askedOn),
              ...onDay('Answered on', one.review.answeredOn),
              ...told(
                'Answer',
                one.review.outcome === 'upheld' ? `The withdrawal stands. ${one.review.words}` : 'Not answered yet',
              ),
            ]
          : []),
      ];
    }
    case 'offer': {
      const one = body as Body<'offer'>;
      return [
        `UKPRN ${fact.keys.ukprn ?? ''}, ${one.site} ${one.postcode}`,
        modeWords[one.mode],
        ...told('Ways in', one.entryRoutes.join('; ')),
        ...told('Units', one.units.join(', ')),
        ...onDay('First teach', one.firstTeach),
        ...told('Confirmed by', one.confirmedBy),
        ...onDay('Confirmed on', one.confirmedOn),
        ...told('Confirmed with', one.confirmedWith),
      ];
    }
    case 'provider': {
      const one = body as Body<'provider'>;
      return [
        one.name,
        ...told('Kind', one.type),
        ...told('Region', one.region),
        ...told('Town', one.town),
        ...told('Postcode', one.postcode),
        ...onDay('Closed on', one.closedOn),
      ];
    }
    case 'change': {
      const one = body as Body<'change'>;
      return [
        `${one.size === 'major' ? 'Major' : 'Minor'}: ${one.what}`,
        ...onDay('Proposed on', one.proposedOn),
        ...told('Answer', answerWords[one.answer]),
        ...onDay('Answered on', one.answeredOn),
        ...told('Words', one.words),
      ];
    }
    case 'cycle': {
      const one = body as Body<'cycle'>;
      return [
        `${one.title}, ${one.draft ? 'a draft' : 'published'}`,
        ...one.windows.map(windowWords),
        ...told('First teach', one.firstTeach),
        ...one.stages.flatMap((stage) => onDay(`Last day of ${stage.id.replaceAll('-', ' ')}`, stage.closes)),
        ...(['in', 'ask', 'out'] as const).flatMap((scope) =>
          told(
            scopeWords[scope],
            [
              ...one.routes.filter((each) => each.scope === scope).map((each) => each.route),
              ...one.standards
                .filter((each) => each.scope === scope)
                .map((each) => `${each.reference}${each.note ? ` (${each.note})` : ''}`),
            ].join('; '),
          ),
        ),
        ...told('Announced', one.source),
      ];
    }
  }
};

/** What became of a change. */
export const answerWords: Readonly<Record<Body<'change'>['answer'], string>> = {
  waiting: 'Not answered yet',
  accepted: 'Accepted',
  refused: 'Refused',
  'none-needed': 'A minor change needs none',
};

/** What a fact says, line by line, for people. */
export const factLines = (
  fact: Pick<Fact, 'kind' | 'body' | 'keys'>,
): { readonly what: string; readonly lines: readonly string[] } => ({
  what: kindTitle[fact.kind],
  lines: linesOf(fact.kind, fact.body, fact),
});

export const bodyLines = linesOf;
export const factTitle = (kind: FactKind): string => kindTitle[kind];
