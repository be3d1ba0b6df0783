import { type CommandDefinition, CommandRefusal } from '#platform/commands/command.ts';

/** `htq worker`: works jobs off until it is told to stop. For an instance on PostgreSQL, beside its servers. */
export const workerCommand: CommandDefinition = {
  name: 'worker',
  summary: 'Work off jobs until stopped: for a PostgreSQL store whose server has HTQ_JOBS=elsewhere',
  declare: () => {},
  run: async ({ io, context }) => {
    const ctx = await context();
    await ctx.jobs.work(ctx);
    io.err('Working off jobs. Press Ctrl-C to stop.\n');
    await new Promise<void>((done) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
    });
    io.err('Stopping: jobs that run may end …\n');
    return 0;
  },
};

/** The same words, asked of a server through its local door. */
export const workerInServer: CommandDefinition = {
  ...workerCommand,
  run: async () => {
    throw new CommandRefusal(
      'The server that holds this store works its jobs off itself. A separate worker needs a PostgreSQL store (DATABASE_URL).',
    );
  },
};
