import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { isPublicAddress, tryAddress } from './try-address.ts';

describe('whether something is at an address', () => {
  const server = createServer((request, answer) => {
    const status = Number(request.url?.slice(1)) || 200;
    if (request.url === '/round') answer.writeHead(302, { location: '/round' });
    else if (request.url === '/moved') answer.writeHead(301, { location: '/200' });
    else if (request.url === '/into') answer.writeHead(302, { location: 'file:///etc/passwd' });
    else answer.writeHead(status);
    answer.end('x'.repeat(1_000_000));
  });
  let base = '';
  before(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const at = server.address();
    base = `http://127.0.0.1:${typeof at === 'object' && at ? at.port : 0}`;
  });
  after(() => new Promise((done) => server.close(done)));

  const all = () => true;

  it('tells what answers, what is gone, and what leads nowhere', async () => {
    assert.equal((await tryAddress(`${base}/200`, all)).outcome, 'answers');
    assert.equal((await tryAddress(`${base}/moved`, all)).outcome, 'answers');
    assert.deepEqual(await tryAddress(`${base}/403`, all), { outcome: 'answers', words: '403' });
    assert.deepEqual(await tryAddress(`${base}/404`, all), { outcome: 'fails', words: 'it answers 404' });
    assert.equal((await tryAddress(`${base}/503`, all)).outcome, 'silent');
    assert.match((await tryAddress(`${base}/round`, all)).words, /without end/);
    assert.equal((await tryAddress(`${base}/into`, all)).outcome, 'fails');
    assert.equal((await tryAddress('http://127.0.0.1:1/', all)).outcome, 'silent');
    assert.equal((await tryAddress('https://', all)).outcome, 'fails');
  });

  it('does not ask around in its own network', async () => {
    assert.deepEqual(await tryAddress(`${base}/200`), { outcome: 'fails', words: 'it leads into a private network' });
    assert.match((await tryAddress(base.replace('127.0.0.1', 'localhost'))).words, /private network/);
    for (const ip of [
      '10.1.2.3',
      '127.0.0.1',
      '169.254.169.254',
      '192.168.0.1',
      '::1',
      'fd00::1',
      '::ffff:10.0.0.1',
      'x',
    ])
      assert.equal(isPublicAddress(ip), false, ip);
    for (const ip of ['8.8.8.8', '2a00:1450::1']) assert.equal(isPublicAddress(ip), true, ip);
  });
});
