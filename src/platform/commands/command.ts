import type { Command as CommanderCommand } from 'commander';
import type { Context } from '../context.ts';

/** Where a command reads and writes. The same whether it runs in the caller's process or inside the server. */
export type CommandIo = {
  /** The caller's current folder: relative paths are resolved against it. */
  readonly cwd: string;
  readonly out: (content: string | Uint8Array) => void;
  readonly err: (content: string) => void;
  /** Standard error is a terminal: progress may overwrite its line. */
  readonly terminal: boolean;
  /** Standard output is a terminal: bytes do not belong there. */
  readonly outTerminal: boolean;
  /** Aborted when the command runs inside the server and its caller goes away. */
  readonly signal: AbortSignal;
};

export type Invocation = {
  readonly args: readonly (string | readonly string[] | undefined)[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly io: CommandIo;
  /** Opens the store, once, when the command first needs it; a command that needs none never calls it. */
  readonly context: () => Promise<Context>;
};

/** Exit status: 0 done; what else a command may answer stands in its own summary. */
export type CommandDefinition = {
  /** Words as typed: `import standards`. */
  readonly name: string;
  readonly summary: string;
  /** Declares arguments and options. */
  readonly declare: (command: CommanderCommand) => void;
  readonly run: (invocation: Invocation) => Promise<number>;
};

/** A refusal that is one line on standard error: the input is wrong. Exit status 2. */
export class CommandRefusal extends Error {
  override readonly name = 'CommandRefusal';
}
