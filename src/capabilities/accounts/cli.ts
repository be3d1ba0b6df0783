import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { instanceRoles } from '#kernel/actor.ts';
import { type CommandDefinition, CommandRefusal } from '#platform/commands/command.ts';
import { readAddress } from '#platform/mail/address.ts';
import { readCsv } from '#platform/sheets/read-csv.ts';
import { makeSignInLink } from './use-cases/administer.ts';
import { verifyTrail } from './use-cases/audit-trail.ts';
import { importProviders, type ProviderImport } from './use-cases/import-providers.ts';
import { invite } from './use-cases/invitations.ts';

const addressOf = (typed: unknown): string => {
  const address = readAddress(String(typed));
  if (address === null) throw new CommandRefusal(`"${typed}" is no email address.`);
  return address;
};

/** The link is printed too, since an instance may have no mail yet, and needs its first administrator. */
const adminInvite: CommandDefinition = {
  name: 'admin invite',
  summary: 'Invite someone to a role of this instance: the first administrator, say',
  declare: (command) => {
    command
      .argument('<email>', 'their address')
      .option('--role <role>', `one of ${instanceRoles.join(', ')}`, 'administrator');
  },
  run: async ({ args, options, io, context }) => {
    const address = addressOf(args[0]);
    const role = instanceRoles.find((one) => one === options.role);
    if (!role) throw new CommandRefusal(`"${options.role}" is no role: use one of ${instanceRoles.join(', ')}.`);
    const link = await invite(await context(), address, { kind: 'role', role });
    io.out(
      `${address} is invited to be ${/^[ae]/.test(role) ? 'an' : 'a'} ${role}. Whoever opens this link can accept, once:\n${link}\n`,
    );
    return 0;
  },
};

const adminSignIn: CommandDefinition = {
  name: 'admin sign-in',
  summary: 'Make a sign-in link for an address, for when mail does not work',
  declare: (command) => {
    command.argument('<email>', 'their address');
  },
  run: async ({ args, io, context }) => {
    const link = await makeSignInLink(await context(), addressOf(args[0]));
    io.out(`This link signs them in once, within 15 minutes:\n${link}\n`);
    return 0;
  },
};

/** Exit status 0: the trail is whole; 1: it is not. */
const auditVerify: CommandDefinition = {
  name: 'audit verify',
  summary: 'Prove that the audit trail is whole (exit status 1 when it is not)',
  declare: (command) => {
    command
      .option('--head <hash>', 'a head noted earlier, which must still be in the chain')
      .option('--json', 'print the report as JSON');
  },
  run: async ({ options, io, context }) => {
    const head = typeof options.head === 'string' ? options.head : null;
    const report = await verifyTrail(await context(), head);
    if (options.json) io.out(`${JSON.stringify(report, null, 2)}\n`);
    else {
      io.out(
        `${report.sealed} acts in ${report.batches} batches, and ${report.unsealed} that wait to be sealed.\nHead: ${report.head}\n`,
      );
      io.out(
        report.faults.length === 0
          ? 'The trail is whole. Note the head elsewhere: --head checks that it is still in the chain.\n'
          : `The trail is NOT whole:\n${report.faults.map((fault) => `- ${fault}`).join('\n')}\n`,
      );
    }
    return report.faults.length === 0 ? 0 : 1;
  },
};

/** Problems and changes that are listed one by one on a terminal; `--json` has them all. */
const listed = 50;

const readTable = (place: string, cwd: string): readonly (readonly string[])[] => {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(resolve(cwd, place));
  } catch (error) {
    throw new CommandRefusal(`${place} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
  const sheet = readCsv(basename(place), bytes);
  if (sheet.kind === 'refused') throw new CommandRefusal(sheet.refusal.message);
  return sheet.value.rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell))));
};

const shortened = (lines: readonly string[]): readonly string[] =>
  lines.length > listed
    ? [...lines.slice(0, listed), `… and ${lines.length - listed} more: --json lists them all.`]
    : lines;

const importWords = (report: ProviderImport, dry: boolean): string => {
  const lines = [
    report.problems.length > 0
      ? `Nothing was written: ${report.problems.length} ${report.problems.length === 1 ? 'thing is' : 'things are'} wrong.`
      : `${report.added} ${dry ? 'to add' : 'added'}, ${report.changed.length} ${dry ? 'to change' : 'changed'}, ${report.same} the same.${dry ? ' Nothing was written.' : ''}`,
    ...shortened(report.problems.map((problem) => `- ${problem.path}: ${problem.message}`)),
    ...(dry ? shortened(report.changed.map((one) => `- ${one.ukprn}: ${one.before}\n    becomes ${one.after}`)) : []),
    ...(report.unused.length > 0 ? [`Columns that were not used: ${report.unused.join(', ')}.`] : []),
  ];
  return `${lines.join('\n')}\n`;
};

/** Exit status 0: done, or nothing to do; 1: rows are wrong, and nothing was written. */
const importProvidersCommand: CommandDefinition = {
  name: 'import providers',
  summary: 'Import providers from a CSV, by UKPRN: all of it, or nothing when a row is wrong',
  declare: (command) => {
    command
      .argument('<file>', 'a CSV with the headers ukprn and name, and others as they come')
      .option('--dry-run', 'say what would be added and changed, and write nothing')
      .option('--json', 'print the report as JSON');
  },
  run: async ({ args, options, io, context }) => {
    const place = String(args[0]);
    const table = readTable(place, io.cwd);
    const dry = options.dryRun === true;
    const report = await importProviders(await context(), table, basename(place), dry);
    io.out(options.json ? `${JSON.stringify(report, null, 2)}\n` : importWords(report, dry));
    return report.problems.length > 0 ? 1 : 0;
  },
};

export const accountsCommands: readonly CommandDefinition[] = [
  adminInvite,
  adminSignIn,
  auditVerify,
  importProvidersCommand,
];
