import { Command, CommanderError } from 'commander';
import { type CommandDefinition, type CommandIo, CommandRefusal } from '#platform/commands/command.ts';
import type { Context } from '#platform/context.ts';

/**
 * Runs one command line.
 *
 * @param words what stands after `htq`.
 * @param context opens the store; called at most once, and only by commands that need one.
 * @returns the exit status: the command's own, 2 when the command line itself or its input is wrong.
 */
export const runCommandLine = async (
  commands: readonly CommandDefinition[],
  words: readonly string[],
  io: CommandIo,
  context: () => Promise<Context>,
): Promise<number> => {
  let opened: Promise<Context> | undefined;
  const openOnce = () => {
    opened ??= context();
    return opened;
  };
  let status = 0;
  const program = prepare(new Command('htq'), io)
    .description('HTQ Toolkit: standards, proofs and everything around Higher Technical Qualifications')
    .helpCommand(true);
  for (const definition of commands) {
    const place = definition.name.split(' ');
    const parent = place.slice(0, -1).reduce((above, word) => groupCalled(above, word, io), program);
    const command = prepare(new Command(place.at(-1)), io).description(definition.summary);
    definition.declare(command);
    command.action(async (...given: unknown[]) => {
      status = await definition.run({
        args: given.slice(0, -2) as readonly (string | readonly string[] | undefined)[],
        options: given.at(-2) as Record<string, unknown>,
        io,
        context: openOnce,
      });
    });
    parent.addCommand(command);
  }
  try {
    await program.parseAsync([...words], { from: 'user' });
    return status;
  } catch (error) {
    // Commander has written its own line; help and version are no failure.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof CommandRefusal) {
      io.err(`htq: ${error.message}\n`);
      return 2;
    }
    throw error;
  }
};

const groupCalled = (above: Command, word: string, io: CommandIo): Command => {
  const there = above.commands.find((one) => one.name() === word);
  if (there) return there;
  const group = prepare(new Command(word), io).description(`Commands that begin with ${word}`);
  above.addCommand(group);
  return group;
};

const prepare = (command: Command, io: CommandIo): Command =>
  command
    .exitOverride()
    .showHelpAfterError('(htq help says what there is)')
    .configureOutput({ writeOut: io.out, writeErr: io.err });
