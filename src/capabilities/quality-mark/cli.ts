import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type CommandDefinition, CommandRefusal } from '#platform/commands/command.ts';
import { type Verdict, verdictSentence } from './domain/verdict.ts';
import { disown, keysSeen, rotateKey } from './use-cases/keys.ts';
import { settleAll } from './use-cases/settle-marks.ts';
import { askedFile, noSources, sourcesHere, sourcesOnNetwork, verifyFile } from './use-cases/verify-credential.ts';
import { factsHeading, verdictFacts } from './verdict-facts.ts';

/** 0: it holds; 1: it does not; 3: not known. What cannot be read is wrong input: 2. */
const exitStatus = { valid: 0, ended: 1, 'not-yet': 1, altered: 1, 'not-known': 3, unreadable: 2 } as const;

const verdictText = (verdict: Verdict): string =>
  [
    verdictSentence(verdict),
    ...('words' in verdict ? [verdict.words] : []),
    ...(verdict.kind === 'unreadable' ? [] : [`${factsHeading(verdict)}:`]),
    ...verdictFacts(verdict).map(({ key, value }) => `  ${key}: ${value}`),
    '',
  ].join('\n');

const verify: CommandDefinition = {
  name: 'verify',
  summary:
    'checks a credential of the quality mark: exit status 0 when it holds, 1 when not, 2 when nothing could be read, 3 when that is not known',
  declare: (command: Command) =>
    command
      .argument('<file>', 'an SVG or PNG that holds a credential, or its JSON; a path or an address')
      .option(
        '--issuer <issuer>',
        'whose word counts: its identifier, or the address of its site; without it, what anyone else signed is not known',
      )
      .option('--here', 'ask this instance’s own store, and no network')
      .option('--offline', 'ask nobody')
      .option('--json', 'the verdict as JSON'),
  run: async ({ args, options, io, context }) => {
    const place = String(args[0]);
    const isAddress = /^https?:\/\//.test(place);
    if (isAddress && (options.offline || options.here))
      throw new CommandRefusal('An address cannot be asked with --offline or --here, which ask no network.');
    const bytes = isAddress
      ? await askedFile(place)
      : await readFile(resolve(io.cwd, place)).catch((error: NodeJS.ErrnoException) => {
          throw new CommandRefusal(`${place} cannot be read: ${error.code ?? error.message}.`);
        });
    if (bytes === null) throw new CommandRefusal(`${place} could not be had.`);
    const ctx = options.here ? await context() : null;
    const at = ctx?.clock() ?? new Date();
    const trusted = options.issuer === undefined ? null : String(options.issuer).replace(/\/+$/, '');
    if (trusted !== null && !/^(?:https?:\/\/[^/]+|did:[a-z]+:.)/.test(trusted))
      throw new CommandRefusal('--issuer takes an address such as https://register.example, or a did:web or did:key.');
    const sources = ctx ? sourcesHere(ctx) : options.offline ? noSources : sourcesOnNetwork(trusted, at);
    const verdict = await verifyFile(new Uint8Array(bytes), sources, at);
    io.out(options.json ? `${JSON.stringify(verdict, null, 2)}\n` : verdictText(verdict));
    if (verdict.kind === 'not-known' && verdict.genuine && !ctx && !options.offline && trusted === null)
      io.err(`If you know that issuer to be the register’s, ask again with --issuer ${verdict.said.issuer}\n`);
    return exitStatus[verdict.kind];
  },
};

const keys: CommandDefinition = {
  name: 'mark keys',
  summary: 'lists the keys that credentials are signed with',
  declare: () => {},
  run: async ({ io, context }) => {
    for (const one of await keysSeen(await context()))
      io.out(
        `${one.id}  made ${one.madeAt.toISOString()}  ${one.disownedAt ? 'disowned' : one.retiredAt ? 'retired' : 'signs'}\n`,
      );
    return 0;
  },
};

const rotate: CommandDefinition = {
  name: 'mark rotate-key',
  summary: 'makes a new key to sign with; what the old one signed goes on verifying',
  declare: () => {},
  run: async ({ io, context }) => {
    if (!(await rotateKey(await context())))
      throw new CommandRefusal('HTQ_SIGNING_SECRET is not set, so there is nothing to seal a key under.');
    io.out('A new key signs from now on.\n');
    return 0;
  },
};

const disownKey: CommandDefinition = {
  name: 'mark disown-key',
  summary:
    'for a key that someone else may have had: what it signed no longer counts, and new credentials take its place',
  declare: (command: Command) => command.argument('<key>', 'its id, as `htq mark keys` lists it'),
  run: async ({ args, io, context }) => {
    const ctx = await context();
    if (!(await disown(ctx, String(args[0]))))
      throw new CommandRefusal('There is no such key, or it was disowned before.');
    const { issued } = await settleAll(ctx);
    io.out(`It counts no more. ${issued} new credentials were issued.\n`);
    return 0;
  },
};

export const markCommands: readonly CommandDefinition[] = [verify, keys, rotate, disownKey];
