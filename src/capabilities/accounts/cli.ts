import { instanceRoles } from '#kernel/actor.ts';
import { type CommandDefinition, CommandRefusal } from '#platform/commands/command.ts';
import { readAddress } from '#platform/mail/address.ts';
import { makeSignInLink } from './use-cases/administer.ts';
import { verifyTrail } from './use-cases/audit-trail.ts';
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

export const accountsCommands: readonly CommandDefinition[] = [adminInvite, adminSignIn, auditVerify];
