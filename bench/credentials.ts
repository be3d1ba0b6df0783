/**
 * Credentials issued and verified, on one core: `node bench/credentials.ts [--json] [--count N]`.
 *
 * Ours: a statement made, signed with both proofs, baked into an SVG, read back out of it, both proofs checked, its status
 * read from a signed list. The peer: the bare library's sign and verify of the same document with its one proof.
 * The aim is 3,000 a minute.
 */
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { from } from '@digitalbazaar/ed25519-multikey';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue, verifyCredential } from '@digitalbazaar/vc';
import { bakeSvg } from '#platform/credentials/bake.ts';
import { badgeContext, type Controller, credentialContext, loaderOf } from '#platform/credentials/known-documents.ts';
import { openSigner } from '#platform/credentials/sign-credential.ts';
import { makeSigningKey } from '#platform/credentials/signing-key.ts';
import { statusListCredential } from '#platform/credentials/status-list.ts';
import { credentialOf, type Statement } from '../src/capabilities/quality-mark/domain/credential.ts';
import { verifyFile } from '../src/capabilities/quality-mark/use-cases/verify-credential.ts';

const asked = process.argv.indexOf('--count');
const count = asked > 0 ? Number(process.argv[asked + 1]) : 300;
const aimed = 3000;

const issuer = 'https://register.example/mark/issuer';
const method = `${issuer}#key-1`;
const at = new Date('2026-11-23T12:00:00Z');
const key = await makeSigningKey();
const controller: Controller = {
  id: issuer,
  verificationMethod: [
    { id: method, type: 'Multikey', controller: issuer, publicKeyMultibase: key.publicKeyMultibase },
  ],
  assertionMethod: [method],
};
const signer = await openSigner({ controller: issuer, method, key });
const address = 'https://register.example/mark/status/1';
const list = await signer.sign(await statusListCredential({ address, issuer, revoked: [131_000] }, at), at);
const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>';

const credentialNumber = (number: number): object => {
  const statement: Statement = {
    number: `999/${number}/1`,
    title: `Level 4 Diploma number ${number}`,
    level: 4,
    awardingOrganisation: 'Example Awards',
    route: 'Digital',
    occupation: 'ST9001',
    occupationTitle: 'Community network technician',
    ukprn: '19999901',
    provider: 'Northfield College',
    site: 'Northfield campus',
    cycle: '4',
    approvedOn: '2024-03-01',
    firstTeach: '2025-09-01',
  };
  return credentialOf(
    statement,
    {
      id: `https://register.example/mark/credentials/${number}`,
      issuer,
      issuerName: 'Register',
      offer: `https://register.example/mark/offers/${number}`,
      image: `https://register.example/mark/offers/${number}/ST9001/mark-light.svg`,
      provider: 'https://register.example/providers/19999901',
      standard: 'https://register.example/standards/ST9001',
      statusList: address,
      statusIndex: number,
      contexts: [credentialContext, badgeContext],
    },
    at,
  );
};

const ours = async (number: number): Promise<void> => {
  const baked = bakeSvg(svg, await signer.sign(credentialNumber(number), at));
  const verdict = await verifyFile(
    Buffer.from(baked),
    { trusts: () => true, controller: async () => controller, list: async () => list, ended: async () => null },
    at,
  );
  if (verdict.kind !== 'valid') throw new Error(`Number ${number} is ${verdict.kind}`);
};

const pair = await from({
  '@context': 'https://w3id.org/security/multikey/v1',
  type: 'Multikey',
  id: method,
  controller: issuer,
  ...key,
});
const documentLoader = loaderOf([controller]);
const bare = async (number: number): Promise<void> => {
  const signed = await issue({
    credential: credentialNumber(number),
    suite: new DataIntegrityProof({ cryptosuite, signer: pair.signer(), date: '2026-11-23T12:00:00Z' }),
    documentLoader,
    now: at,
  });
  const { verified } = await verifyCredential({
    credential: signed,
    suite: [new DataIntegrityProof({ cryptosuite })],
    documentLoader,
    now: at,
    checkStatus: async () => ({ verified: true }),
  });
  if (!verified) throw new Error(`The library refuses number ${number}`);
};

/** Milliseconds of processor time for each, so that other work on the machine does not count. */
const timed = async (act: (number: number) => Promise<void>): Promise<number> => {
  for (let number = 0; number < 20; number += 1) await act(number);
  const before = process.cpuUsage();
  for (let number = 0; number < count; number += 1) await act(number);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / count;
};

const bareMs = await timed(bare);
const oursMs = await timed(ours);
const result = {
  count,
  perMinute: Math.round(60_000 / oursMs),
  aimed,
  msEach: Number(oursMs.toFixed(2)),
  peerMsEach: Number(bareMs.toFixed(2)),
  ratio: Number((oursMs / bareMs).toFixed(2)),
};
if (process.argv.includes('--json')) console.log(JSON.stringify(result));
else {
  console.log(
    `${result.perMinute} credentials a minute of one core, issued, baked, read and verified with status; aimed at ${aimed}`,
  );
  console.log(
    `${result.msEach} ms each; the bare library, with one proof and no status, ${result.peerMsEach} ms: ${result.ratio} times`,
  );
}
process.exitCode = result.perMinute >= aimed ? 0 : 1;
