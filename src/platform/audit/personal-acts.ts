import type { PlatformTables } from '../db/rows.ts';
import type { PersonalData } from '../personal-data.ts';

/** The trail's personal values, which can be erased; the acts themselves stay, under an opaque id. */
export const personalActs: PersonalData = {
  title: 'The audit trail',
  held: async (ctx, person) => {
    const tables = ctx.db.withTables<PlatformTables>();
    const acts = await tables
      .selectFrom('platform.act')
      .select(['number', 'at', 'name', 'door', 'for_organisation as forOrganisation', 'before', 'after'])
      .where(({ or, eb }) => or([eb('actor', '=', person), eb('subject_id', '=', person)]))
      .orderBy('number')
      .execute();
    const values = await tables
      .selectFrom('platform.act_personal as personal')
      .innerJoin('platform.act as act', 'act.id', 'personal.act_id')
      .select(['act.number', 'personal.name', 'personal.value'])
      .where('personal.person', '=', person)
      .orderBy('act.number')
      .execute();
    return { acts, values };
  },
  erase: async (ctx, person) => {
    await ctx.db
      .withTables<PlatformTables>()
      .deleteFrom('platform.act_personal')
      .where('person', '=', person)
      .execute();
  },
};
