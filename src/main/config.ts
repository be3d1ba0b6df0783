import { join, resolve } from 'node:path';
import { z } from 'zod';

/** The project's own folder, whatever the current one is. */
export const projectRoot = resolve(import.meta.dirname, '../..');

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  HTQ_DATA: z.string().min(1).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://')
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
  HTQ_NAME: z.string().min(1).default('HTQ Toolkit'),
  HTQ_WORKERS: z.coerce.number().int().min(1).max(64).default(2),
});

export type Config = {
  /** TCP port; 0 lets the system choose one. */
  readonly port: number;
  /** Address to listen on; the loopback unless an operator says otherwise. */
  readonly host: string;
  /** Absolute path of the folder with the embedded store, uploads and the local socket. */
  readonly dataFolder: string;
  /** Address of a PostgreSQL database; `null`: the embedded store. May hold a password: never logged. */
  readonly databaseUrl: string | null;
  readonly logLevel: string;
  /** The instance's name, as the header shows it. */
  readonly name: string;
  /** Worker threads for heavy work. */
  readonly workers: number;
};

/** What is wrong with the environment, all of it together. */
export class ConfigProblem extends Error {
  override readonly name = 'ConfigProblem';
}

/**
 * Reads the configuration once, at start. `.env.example` explains each variable.
 *
 * @throws ConfigProblem naming every variable that is wrong (never its value, which may be a secret).
 */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success)
    throw new ConfigProblem(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
  const { data } = parsed;
  return {
    port: data.PORT,
    host: data.HOST,
    dataFolder: data.HTQ_DATA ? resolve(data.HTQ_DATA) : join(projectRoot, 'var'),
    databaseUrl: data.DATABASE_URL ?? null,
    logLevel: data.LOG_LEVEL,
    name: data.HTQ_NAME,
    workers: data.HTQ_WORKERS,
  };
};
