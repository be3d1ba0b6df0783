import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { IssuerSettings } from '#platform/issuer.ts';

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
  HTQ_ADDRESS: z
    .url({ protocol: /^https?$/, message: 'must be an address that begins with http:// or https://' })
    .optional(),
  HTQ_JOBS: z.enum(['here', 'elsewhere']).default('here'),
  HTQ_MAIL: z
    .string()
    .regex(/^(?:notify$|smtps?:\/\/.)/, 'must be notify, or begin with smtp:// or smtps://')
    .optional(),
  HTQ_MAIL_FROM: z.string().min(3).optional(),
  HTQ_NOTIFY_KEY: z.string().min(1).optional(),
  HTQ_NOTIFY_TEMPLATE: z.string().min(1).optional(),
  HTQ_SIGNING_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  HTQ_ISSUERS: z
    .string()
    .regex(/^[a-z0-9-]+(?:,[a-z0-9-]+)*$/, 'must be names of lower-case letters, digits and hyphens, joined by commas')
    .optional(),
});

const yes = z.enum(['yes', 'no']).default('no');

/** Of each issuer NAME, `HTQ_ISSUER_NAME_…`. */
const issuerVariables = z.object({
  NAME: z.string().min(1),
  ADDRESS: z.url({ protocol: /^https?$/ }),
  CLIENT_ID: z.string().min(1),
  CLIENT_SECRET: z.string().min(1),
  TRUST_ADDRESS: yes,
  ASSERTS_UKPRN: yes,
});

/** How mail leaves this instance, if it does. */
export type MailSettings =
  | { readonly kind: 'none' }
  | { readonly kind: 'smtp'; readonly address: string; readonly from: string }
  | { readonly kind: 'notify'; readonly key: string; readonly template: string };

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
  /** The instance's address as people reach it; `null`: where it listens. */
  readonly address: string | null;
  /** The server works jobs off itself; else `htq worker` does. */
  readonly jobsHere: boolean;
  readonly mail: MailSettings;
  /** Seals the keys that credentials are signed with; `null`: nothing is signed in a store of one's own. Never logged. */
  readonly signingSecret: string | null;
  readonly issuers: readonly IssuerSettings[];
};

/** The instance's address for people, without a slash at the end. @param port where it listens, when PORT left that open. */
export const addressOf = (config: Config, port: number = config.port): string =>
  config.address ?? `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;

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
  const problems: string[] = [];
  const mail = readMail(data, problems);
  const issuers = readIssuers(data.HTQ_ISSUERS?.split(',') ?? [], given, problems);
  if (problems.length > 0) throw new ConfigProblem(problems.join('\n'));
  return {
    port: data.PORT,
    host: data.HOST,
    dataFolder: data.HTQ_DATA ? resolve(data.HTQ_DATA) : join(projectRoot, 'var'),
    databaseUrl: data.DATABASE_URL ?? null,
    logLevel: data.LOG_LEVEL,
    name: data.HTQ_NAME,
    workers: data.HTQ_WORKERS,
    address: data.HTQ_ADDRESS?.replace(/\/+$/, '') ?? null,
    jobsHere: data.HTQ_JOBS === 'here',
    mail,
    signingSecret: data.HTQ_SIGNING_SECRET ?? null,
    issuers,
  };
};

const readMail = (data: z.infer<typeof environment>, problems: string[]): MailSettings => {
  const need = (name: 'HTQ_MAIL_FROM' | 'HTQ_NOTIFY_KEY' | 'HTQ_NOTIFY_TEMPLATE'): string => {
    if (data[name] === undefined) problems.push(`${name}: must be set with this HTQ_MAIL`);
    return data[name] ?? '';
  };
  if (data.HTQ_MAIL === undefined) return { kind: 'none' };
  if (data.HTQ_MAIL === 'notify')
    return { kind: 'notify', key: need('HTQ_NOTIFY_KEY'), template: need('HTQ_NOTIFY_TEMPLATE') };
  if (!URL.canParse(data.HTQ_MAIL)) problems.push('HTQ_MAIL: must be an address such as smtp://mail.example.org:587');
  return { kind: 'smtp', address: data.HTQ_MAIL, from: need('HTQ_MAIL_FROM') };
};

const readIssuers = (
  ids: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  problems: string[],
): readonly IssuerSettings[] =>
  ids.flatMap((id): readonly IssuerSettings[] => {
    const prefix = `HTQ_ISSUER_${id.toUpperCase().replaceAll('-', '_')}_`;
    const read = issuerVariables.safeParse(
      Object.fromEntries(Object.keys(issuerVariables.shape).map((key) => [key, env[prefix + key]])),
    );
    if (!read.success) {
      problems.push(...read.error.issues.map((issue) => `${prefix}${issue.path.join('.')}: ${issue.message}`));
      return [];
    }
    const { data } = read;
    return [
      {
        id,
        name: data.NAME,
        issuer: data.ADDRESS,
        clientId: data.CLIENT_ID,
        clientSecret: data.CLIENT_SECRET,
        trustedForAddress: data.TRUST_ADDRESS === 'yes',
        assertsUkprn: data.ASSERTS_UKPRN === 'yes',
      },
    ];
  });
