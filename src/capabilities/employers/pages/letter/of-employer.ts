import type { Context } from '#platform/context.ts';
import type { Employer } from '../../domain/employer.ts';
import { letterPath, newLetterToPath } from '../../paths.ts';
import { lettersOf } from '../../use-cases/draft-letter.ts';
import { letterStand } from './letter-stand.ts';

/** An employer's letters, as its record shows them. */
export type EmployerLetters = {
  readonly rows: readonly {
    readonly text: string;
    readonly href: string;
    readonly state: string;
    readonly colour: string;
  }[];
  readonly newHref: string;
  /** A signed letter holds the record fast. */
  readonly holdsRecord: boolean;
};

export const employerLetters = async (ctx: Context, employer: Employer): Promise<EmployerLetters> => {
  const letters = (await lettersOf(ctx, employer.organisation)).filter((one) => one.employer.id === employer.id);
  return {
    rows: letters.map((one) => {
      const { state, colour } = letterStand(one, ctx.clock());
      return { text: `For ${one.occupations.join(', ')}`, href: letterPath(one.id), state, colour };
    }),
    newHref: newLetterToPath(employer.id),
    holdsRecord: letters.some((one) => one.signed !== null),
  };
};
