import type { Context } from '#platform/context.ts';
import { type Answer, page, view } from '#web/answer.ts';
import type { Route } from '#web/route.ts';
import { counted, day, listed } from '#web/words.ts';
import { countEmployers } from '../../domain/evidence.ts';
import { policyWords } from '../../domain/evidence-words.ts';
import {
  attendancesPath,
  evidencePath,
  evidenceRecordPath,
  lettersPath,
  measurePath,
  newLetterPath,
} from '../../paths.ts';
import { keepEmployers } from '../../policy.ts';
import { lettersOf } from '../../use-cases/draft-letter.ts';
import { occupationsByReference, occupationWords } from '../../use-cases/evidence-occupations.ts';
import { allRecords, type MeasuredRecord, policyInForce } from '../../use-cases/evidence-record.ts';
import { keepingFor } from '../../use-cases/keep-employers.ts';
import { matchedAttendances, seesAttendances } from '../../use-cases/match-attendances.ts';
import { employersCrumbs, keepingOf } from './keeping.ts';

type Model = {
  readonly organisation: string;
  /** Other organisations that they keep employers for. */
  readonly others: string;
  readonly rows: readonly {
    readonly title: string;
    readonly href: string;
    readonly employers: number;
    readonly items: number;
    readonly newest: string;
    readonly missing: string;
    readonly lacks: boolean;
  }[];
  readonly measures: string;
  readonly waiting: { readonly words: string; readonly href: string } | null;
  readonly attendancesHref: string;
  readonly lettersHref: string;
  readonly letterWords: string;
  readonly newLetterHref: string;
  readonly measureHref: string;
};

const overviewView = view<Model>('capabilities/employers/pages/evidence/overview.njk');

/** What a record lacks, in a few words for a table. */
const missingWords = ({ missing, policy }: MeasuredRecord): string => {
  if (policy.kind === 'off' || !missing) return 'Not measured';
  const lacking = missing.findings.filter((one) => one.missing > 0);
  return lacking.length === 0
    ? 'Nothing'
    : lacking.map((one) => counted(one.missing, one.what.replace(/s$/, ''))).join(', ');
};

const showOverview = async (ctx: Context): Promise<Answer> => {
  const keeping = keepingOf(ctx);
  const records = await allRecords(ctx, keeping);
  const occupation = await occupationsByReference(
    ctx,
    records.map((one) => one.record.occupation),
  );
  const attendances = await matchedAttendances(ctx, keeping);
  const open = attendances.filter((one) => one.state === 'proposed' || one.state === 'unclear').length;
  const letters = await lettersOf(ctx, keeping.organisation);
  const waiting = letters.filter((one) => one.state === 'draft' || one.state === 'sent').length;
  return page(
    overviewView,
    {
      organisation: keeping.name,
      others:
        ctx.actor.kind === 'person'
          ? listed(
              keepingFor(ctx.actor)
                .slice(1)
                .map((one) => one.name),
            )
          : '',
      // What is too old to count is in neither number: what is missing goes by the same.
      rows: records.map((one) => ({
        title: occupationWords(occupation(one.record.occupation)),
        href: evidenceRecordPath(one.record.occupation),
        employers: countEmployers(one.missing?.counting ?? one.record.items),
        items: (one.missing?.counting ?? one.record.items).length,
        newest: day(one.record.items[0]?.on ?? one.record.on),
        missing: missingWords(one),
        lacks: one.missing?.findings.some((finding) => finding.missing > 0) ?? false,
      })),
      measures: policyWords(await policyInForce(ctx, keeping.organisation)),
      waiting:
        open === 0
          ? null
          : {
              words: `${counted(open, 'attendance')} at events may be of your employers, and ${open === 1 ? 'waits' : 'wait'} for somebody to say so.`,
              href: attendancesPath,
            },
      attendancesHref: seesAttendances(keeping) ? attendancesPath : '',
      lettersHref: lettersPath,
      letterWords:
        letters.length === 0
          ? 'No letter has been drafted yet.'
          : `${counted(letters.length, 'letter')}; ${waiting === 0 ? 'none waits' : `${waiting} ${waiting === 1 ? 'waits' : 'wait'}`} for you or for an employer.`,
      newLetterHref: newLetterPath,
      measureHref: measurePath,
    },
    { title: 'Evidence of employers', crumbs: employersCrumbs },
  );
};

export const overviewRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: evidencePath,
    access: keepEmployers,
    audit: 'employers.evidence',
    handle: (_request, ctx) => showOverview(ctx),
  },
];
