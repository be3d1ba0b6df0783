import { createHash, randomUUID } from 'node:crypto';
import { demand } from '#kernel/permission.ts';
import type { Problem } from '#kernel/problem.ts';
import type { Result } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { type ImportPlan, planImport, readEmployersFile, type Table } from '../domain/import-employers.ts';
import { workOnEmployer } from '../policy.ts';
import { addEmployer, listEmployers, lockEmployers, saveEmployer } from '../store/employers.ts';
import { sectors } from './reference-data.ts';

export { readTable } from './read-table.ts';

const readWork = { module: new URL('./read-table.ts', import.meta.url), name: 'readTable' };
/** Milliseconds for the largest workbook that a page takes. */
const readMs = 20_000;

export const readTableOnPool = (
  ctx: Context,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<Result<Table, string>> =>
  ctx.workers.run<Result<Table, string>>(readWork, { name: file.name, bytes: file.bytes }, readMs);

export type ImportWish = {
  /** Says what would happen, and writes nothing. */
  readonly dry: boolean;
  /** Those that look like an employer that is kept already are brought in too. */
  readonly alikeToo: boolean;
  /** The difference that someone has seen; another one is not applied. Left out: whatever it is. */
  readonly seen?: string;
};

export type EmployerImport = ImportPlan & {
  readonly problems: readonly Problem[];
  readonly unused: readonly string[];
  readonly written: boolean;
  /** Stands for this difference. */
  readonly seen: string;
};

const fingerprint = ({ fresh, changed, same, alike }: ImportPlan): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        fresh.map((one) => one.text),
        changed.map((one) => [one.employer.id, one.employer.revision, one.text]),
        same,
        alike.map((one) => one.row.text),
      ]),
    )
    .digest('base64url');

/**
 * Brings in a file of employers: adds those that are new, changes those that differ, leaves alone what the file does not name. All
 * of it or, with anything wrong, nothing. The same file again changes nothing.
 *
 * @param source what the file is called.
 */
export const importEmployers = (
  ctx: Context,
  organisation: string,
  table: Table,
  source: string,
  wish: ImportWish,
): Promise<EmployerImport> => {
  demand(ctx.actor, workOnEmployer, { organisation });
  const { rows, unused, problems } = readEmployersFile(table, sectors);
  return ctx.transaction(async (inside) => {
    if (!wish.dry) await lockEmployers(inside, organisation);
    const plan = planImport(rows, await listEmployers(inside, organisation));
    const seen = fingerprint(plan);
    const report = { ...plan, unused, problems, seen };
    const fresh = wish.alikeToo ? [...plan.fresh, ...plan.alike.map((one) => one.row)] : plan.fresh;
    const isOther = wish.seen !== undefined && wish.seen !== seen;
    if (wish.dry || problems.length > 0 || isOther || fresh.length + plan.changed.length === 0)
      return { ...report, written: false };
    let added = 0;
    // One that somebody else wrote down in this very moment is not written over.
    for (const { text } of fresh) if (await addEmployer(inside, randomUUID(), organisation, text)) added += 1;
    for (const { employer, text } of plan.changed) await saveEmployer(inside, employer.id, text);
    await recordAct(inside, {
      name: 'employers.imported',
      subject: { kind: 'organisation', id: organisation },
      forOrganisation: organisation,
      after: { source, added, changed: plan.changed.length, same: plan.same },
    });
    return { ...report, written: true };
  });
};
