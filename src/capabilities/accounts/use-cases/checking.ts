import type { InstanceRole } from '#kernel/actor.ts';
import { demand } from '#kernel/permission.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { type CheckedBy, type Checking, checkings, mayCheck } from '../domain/checking.ts';
import { administer } from '../policy.ts';
import { holdersOf } from '../store/people.ts';
import { addSetting, type DatedSetting, settingHistory } from '../store/settings.ts';

const setting = 'checking';

/** What holds until an administrator decides: one person can run an instance. */
const byDefault: Checking = 'where-possible';

const read = (value: string | undefined): Checking => checkings.find((one) => one === value) ?? byDefault;

export const checkingNow = async (ctx: Context): Promise<Checking> => {
  const now = ctx.clock();
  return read((await settingHistory(ctx, setting)).find((one) => one.holdsFrom <= now)?.value);
};

export const checkingHistory = (ctx: Context): Promise<readonly DatedSetting[]> => settingHistory(ctx, setting);

/** Decides for the whole instance, from now on. What was checked before keeps how it was checked. */
export const setChecking = async (ctx: Context, checking: Checking): Promise<void> => {
  demand(ctx.actor, administer);
  await ctx.transaction(async (inside) => {
    const before = await checkingNow(inside);
    if (before === checking) return;
    const { actor } = ctx;
    await addSetting(
      inside,
      setting,
      checking,
      actor.kind === 'person' ? actor.id : actor.kind === 'system' ? actor.name : 'visitor',
    );
    await recordAct(inside, { name: 'accounts.checking-set', before: { checking: before }, after: { checking } });
  });
};

/**
 * Whether `checker` may check what `maker` made, by the rule that holds today. A capability records the answer with
 * the check, and shows where one person did both.
 *
 * @param role whose holders check this kind of thing.
 */
export const checkedBy = async (
  ctx: Context,
  maker: string,
  checker: string,
  role: InstanceRole,
): Promise<CheckedBy> => {
  const others = (await holdersOf(ctx, role)).filter((one) => one !== checker).length;
  return mayCheck(await checkingNow(ctx), maker, checker, others);
};
