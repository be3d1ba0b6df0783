import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { CommandRefusal } from '#platform/commands/command.ts';
import { openTestContext, type TestStore } from '../../../test/support/stores.ts';
import { seedExamplePeople } from '../accounts/use-cases/example-people.ts';
import { employersCommands } from './cli.ts';

const [command] = employersCommands;

describe('htq import employers', () => {
  let store: TestStore;
  const folder = mkdtempSync(join(tmpdir(), 'employers-'));
  before(async () => {
    store = await openTestContext('example');
    await seedExamplePeople(store.ctx);
  });
  after(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const run = async (
    csv: string,
    options: Readonly<Record<string, unknown>> = {},
  ): Promise<{ readonly status: number | undefined; readonly out: string }> => {
    writeFileSync(join(folder, 'ours.csv'), csv);
    const said: string[] = [];
    const status = await command?.run({
      args: ['ours.csv'],
      options: { organisation: 'Northfield College', ...options },
      io: {
        cwd: folder,
        out: (content) => said.push(String(content)),
        err: () => undefined,
        terminal: false,
        outTerminal: false,
        signal: new AbortController().signal,
      },
      context: async () => store.ctx,
    });
    return { status, out: said.join('') };
  };

  const file = 'Employer,Town,No. of employees\nQuarry Lane Labs,Northfield,30\nAlder Robotics,Southgate,400\n';

  it('says what a file would change, writes it once, and nothing the second time', async () => {
    const dry = await run(file, { dryRun: true });
    assert.equal(dry.status, 0);
    assert.match(dry.out, /2 new, 0 changed, 0 the same\. Nothing was written\./);
    assert.match(dry.out, /- new: Quarry Lane Labs, Northfield/);
    assert.match((await run(file)).out, /^2 new, 0 changed, 0 the same\.\n/);
    assert.match((await run(file)).out, /0 new, 0 changed, 2 the same/);
    const changed = await run(file.replace('30', '3'), { dryRun: true });
    assert.match(changed.out, /- Quarry Lane Labs, Size: "small" becomes "micro"/);
    const report = JSON.parse((await run(file, { json: true, dryRun: true })).out) as { readonly same: number };
    assert.equal(report.same, 2);
  });

  it('tells every faulty row, and writes nothing then', async () => {
    const wrong = await run('Name,Region\nBirch Foundry,Nowhere\n,London\n');
    assert.equal(wrong.status, 1);
    assert.match(wrong.out, /row 2, column Region: .*Nowhere/);
    assert.match(wrong.out, /row 3, column Name: Enter the employer’s name/);
    assert.match((await run('Name\nBirch Foundry\n', { dryRun: true })).out, /^1 new/);
  });

  it('refuses an organisation that is not here, and a file that is not there', async () => {
    const refused = (words: RegExp) => (error: unknown) => error instanceof CommandRefusal && words.test(error.message);
    await assert.rejects(run(file, { organisation: 'Nowhere College' }), refused(/is called "Nowhere College"/));
    await assert.rejects(
      async () =>
        command?.run({
          args: ['none.csv'],
          options: { organisation: 'Northfield College' },
          io: {
            cwd: folder,
            out: () => undefined,
            err: () => undefined,
            terminal: false,
            outTerminal: false,
            signal: new AbortController().signal,
          },
          context: async () => store.ctx,
        }),
      refused(/none\.csv cannot be read \(ENOENT\)/),
    );
  });
});
