import type { PersonalData } from '#platform/personal-data.ts';
import { releaseCollections } from '../store/collections.ts';
import { forgetPerson, heldOf } from '../store/examples.ts';
import { releaseStatements, statementsOf } from '../store/statements.ts';

export const practiceData: PersonalData = {
  title: 'Examples and statements that you sent in',
  held: async (ctx, person) => ({
    ...(await heldOf(ctx, person)),
    statements: (await statementsOf(ctx, person)).map(({ text, approver, endsOn }) => ({ text, approver, endsOn })),
  }),
  erase: async (ctx, person) => {
    await forgetPerson(ctx, person);
    await releaseStatements(ctx, person);
    await releaseCollections(ctx, person);
  },
};
