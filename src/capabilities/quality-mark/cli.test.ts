import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { bakeSvg } from '#platform/credentials/bake.ts';
import { badgeContext, credentialContext } from '#platform/credentials/known-documents.ts';
import { type OpenSigner, openSigner } from '#platform/credentials/sign-credential.ts';
import { makeSigningKey, type SigningKey } from '#platform/credentials/signing-key.ts';
import { statusListCredential } from '#platform/credentials/status-list.ts';
import { runCommandLine } from '../../main/command-line.ts';
import { markCommands } from './cli.ts';

/** An issuer on the network: what it answers at each of its paths. */
describe('htq verify', () => {
  const folder = mkdtempSync(join(tmpdir(), 'htq-verify-'));
  const answers = new Map<string, unknown>();
  let server: Server;
  let site: string;
  let key: SigningKey;
  let signer: OpenSigner;
  before(async () => {
    server = createServer((request, response) => {
      const found = answers.get(request.url ?? '');
      response.writeHead(found === undefined ? 404 : 200).end(found === undefined ? '' : JSON.stringify(found));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    key = await makeSigningKey();
    signer = await openSigner({ controller: `${site}/issuer`, method: `${site}/issuer#key-1`, key });
  });
  const serve = async ({ revoked = [] as readonly number[], at = new Date(), more = {} } = {}): Promise<void> => {
    const issuer = `${site}/issuer`;
    answers.set('/issuer', {
      id: issuer,
      verificationMethod: [
        {
          id: `${issuer}#key-1`,
          type: 'Multikey',
          controller: issuer,
          publicKeyMultibase: key.publicKeyMultibase,
          ...more,
        },
      ],
      assertionMethod: [`${issuer}#key-1`],
    });
    answers.set(
      '/status',
      await signer.sign(await statusListCredential({ address: `${site}/status`, issuer, revoked }, at), at),
    );
  };
  beforeEach(() => serve());
  after(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  const signed = (more: object = {}, issuer = `${site}/issuer`) =>
    signer.sign(
      {
        '@context': [credentialContext, badgeContext],
        id: `${site}/credentials/1`,
        type: ['VerifiableCredential', 'OpenBadgeCredential'],
        issuer: { id: issuer, type: ['Profile'], name: 'Register' },
        validFrom: '2026-01-01T00:00:00Z',
        credentialSubject: {
          type: ['AchievementSubject'],
          achievement: {
            id: `${site}/a`,
            type: ['Achievement'],
            name: 'Diploma',
            description: 'd',
            criteria: { narrative: 'n' },
          },
        },
        credentialStatus: {
          id: `${site}/status#7`,
          type: 'BitstringStatusListEntry',
          statusPurpose: 'revocation',
          statusListIndex: '7',
          statusListCredential: `${site}/status`,
        },
        ...more,
      },
      new Date('2026-01-01T00:00:00Z'),
    );
  const verify = async (content: object | string, ...words: readonly string[]) => {
    writeFileSync(join(folder, 'given'), typeof content === 'string' ? content : JSON.stringify(content));
    let out = '';
    let err = '';
    const status = await runCommandLine(
      markCommands,
      ['verify', 'given', ...words],
      {
        cwd: folder,
        out: (text) => {
          out += String(text);
        },
        err: (text) => {
          err += text;
        },
        terminal: false,
        outTerminal: false,
        signal: new AbortController().signal,
      },
      async () => assert.fail('the store was opened'),
    );
    return { status, out, err };
  };

  it('says that a credential holds by the word of the issuer that was named, and of nobody else', async () => {
    const baked = bakeSvg('<svg xmlns="http://www.w3.org/2000/svg"></svg>', await signed());
    for (const trusted of [site, `${site}/`, `${site}/issuer`]) {
      const found = await verify(baked, '--issuer', trusted);
      assert.equal(found.status, 0, found.out + found.err);
      assert.match(found.out, /genuine and holds today[\s\S]*Qualification: Diploma[\s\S]*Signed by: Register/);
    }
    const unnamed = await verify(baked);
    assert.equal(unnamed.status, 3);
    assert.match(unnamed.out, /word does not count here/);
    assert.match(unnamed.err, new RegExp(`--issuer ${site}/issuer`));
    for (const other of ['https://register.example', `${site}/iss`, `${site}0`])
      assert.equal((await verify(baked, '--issuer', other)).status, 3, other);
    for (const wrong of ['https://', 'register', '']) {
      const found = await verify(baked, '--issuer', wrong);
      assert.equal(found.status, 2, wrong);
      assert.match(found.err, /--issuer takes an address/);
    }
  });

  it('answers 1 for what was changed, withdrawn or over, or signed with a key that was taken back', async () => {
    const credential = await signed();
    const trusted = ['--issuer', site] as const;
    assert.equal((await verify({ ...credential, name: 'Another' }, ...trusted)).status, 1);
    const over = await verify(await signed({ validUntil: '2026-02-01T00:00:00Z' }), ...trusted);
    assert.equal(over.status, 1);
    assert.match(over.out, /its time is over/);
    await serve({ revoked: [7] });
    const withdrawn = await verify(credential, ...trusted);
    assert.equal(withdrawn.status, 1);
    assert.match(withdrawn.out, /it was withdrawn/);
    for (const more of [{ revoked: '2026-02-01T00:00:00Z' }, { expires: '2026-02-01T00:00:00Z' }]) {
      await serve({ more });
      assert.equal((await verify(credential, ...trusted)).status, 1, JSON.stringify(more));
    }
    await serve({ more: { expires: '2999-01-01T00:00:00Z' } });
    assert.equal((await verify(credential, ...trusted)).status, 0);
  });

  it('answers 3 where something could not be asked, and never that it holds', async () => {
    const credential = await signed();
    const trusted = ['--issuer', site] as const;
    answers.delete('/status');
    assert.match((await verify(credential, ...trusted)).out, /could not be had/);
    assert.equal((await verify(credential, ...trusted)).status, 3);
    await serve({ at: new Date(Date.now() - 48 * 3_600_000) });
    const old = await verify(credential, ...trusted);
    assert.equal(old.status, 3, 'a list of the day before yesterday');
    assert.match(old.out, /of an earlier time/);
    answers.delete('/issuer');
    assert.equal((await verify(credential, ...trusted)).status, 3);
    await serve();
    assert.equal((await verify(credential, '--offline')).status, 3);
    assert.equal((await verify(await signed({}, 'did:web:%'), '--issuer', 'did:web:%')).status, 3);
    const otherWay = { credentialStatus: { id: `${site}/r`, type: 'https://elsewhere.example/Way' } };
    assert.match((await verify(await signed(otherWay), ...trusted)).out, /kept in a way that is not read here/);
  });

  it('answers 2 for what is no credential, the issuer’s own status list among it', async () => {
    const list = await verify(answers.get('/status') as object, '--issuer', site);
    assert.equal(list.status, 2);
    assert.match(list.out, /of another kind/);
    assert.equal((await verify('hello')).status, 2);
    assert.equal((await verify('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')).status, 2);
  });
});
