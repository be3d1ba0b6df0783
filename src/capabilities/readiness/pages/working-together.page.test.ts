import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { readinessRoutes } from './routes.ts';

const example = '/plans/00000000-0000-4000-8000-00000000a001';

describe('several people at one plan, and others at none', () => {
  let site: Site;
  let amina: Visitor;
  let tom: Visitor;
  before(async () => {
    site = await openSite('example');
    amina = await site.as('amina.lead@northfield.example');
    tom = await site.as('tom.member@northfield.example');
  });
  after(() => site.close());

  const revisionIn = (html: string): string => /name="revision" value="(\d+)"/.exec(html)?.[1] ?? '';
  const taskIn = async (title: string): Promise<string> => {
    const { text } = await site.get(example, amina);
    const path = new RegExp(`href="(${example}/tasks/[0-9a-f-]+)">${title}`).exec(text)?.[1];
    assert.ok(path, title);
    return path;
  };
  const taskForm = async (path: string): Promise<Record<string, string>> => {
    const { text } = await site.get(path, amina);
    const field = (name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(text)?.[1] ?? '';
    return {
      revision: revisionIn(text),
      title: field('title'),
      why: '',
      strand: 'facilities',
      status: 'to-do',
      owner: '',
      starts: field('starts'),
      ends: field('ends'),
      cost: field('cost'),
      evidence: '',
    };
  };

  it('a plan of one provider is closed to a member of another, at every address', async () => {
    // Ruth belongs to Southgate and to Northfield; Amina to Northfield alone.
    const ruth = await site.as('ruth.lead@southgate.example');
    const { text: sketch } = await site.get(
      '/plans/new?qualification=Theirs&firstTeach=2029-09-20&route=Digital',
      ruth,
    );
    const provider = /<option value="([0-9a-f-]+)">Southgate/.exec(sketch)?.[1] ?? '';
    const id = '11111111-1111-4111-8111-222222222222';
    const fields = { id, provider, qualification: 'Theirs', firstTeach: '2029-09-20', route: 'Digital' };
    assert.equal((await site.post('/plans', fields, ruth)).to, `/plans/${id}?done=kept`);
    const { text: page } = await site.get(`/plans/${id}`, ruth);
    const task = /tasks\/([0-9a-f-]+)"/.exec(page)?.[1] ?? '';
    const before = (await site.get(`/plans/${id}/plan.csv`, ruth)).text;
    const { text: adopt } = await site.get('/practice', amina);
    const found = /href="\/practice\/([^"?/]+)"/.exec(adopt)?.[1] ?? '';
    const routes = readinessRoutes.filter((one) => one.path.includes(':plan'));
    assert.ok(routes.length > 20);
    for (const { method, path } of routes) {
      const address = path.replace(':plan', id).replace(':task', task);
      const answer =
        method === 'GET'
          ? await site.get(address, amina)
          : await site.post(address, { id, example: found, title: 'Mine', comment: 'Mine', revision: '1' }, amina);
      // An example that does not exist is told before whose plan it is.
      const expected = path.endsWith('/adopt') ? [403, 404] : [403];
      assert.ok(expected.includes(answer.status), `${method} ${path}: ${answer.status}`);
      assert.doesNotMatch(answer.text, /Theirs/, path);
    }
    assert.equal((await site.get(`/plans/${id}/plan.csv`, ruth)).text, before);
    const refused = await site.post('/plans', { ...fields, id: '11111111-1111-4111-8111-333333333333' }, amina);
    assert.equal(refused.status, 403, 'nor is one kept for it');
  });

  it('a form that comes back with a fault does not pass for one that saw what others saved meanwhile', async () => {
    const path = await taskIn('Set up licences and accounts');
    const form = await taskForm(path);
    assert.equal((await site.post(path, { ...form, cost: '777' }, tom)).to, `${path}?done=saved`);
    const faulty = await site.post(path, { ...form, title: '' }, amina);
    assert.equal(faulty.status, 422);
    const again = await site.post(path, { ...form, revision: revisionIn(faulty.text) }, amina);
    assert.equal(again.status, 409, 'the cost of 777 pounds is not written over unseen');
    assert.match(again.text, /Cost: £777/);
    assert.match((await site.get(path, amina)).text, /value="777"/);

    const offer = await site.get(`${example}/offer`, amina);
    const money = { revision: revisionIn(offer.text), feeEach: '6000', costEach: '1000', fixedCost: '50000' };
    assert.equal((await site.post(`${example}/offer`, { ...money, feeEach: '7001' }, tom)).status, 303);
    const faultyOffer = await site.post(`${example}/offer`, { ...money, costEach: 'x' }, amina);
    const staleOffer = await site.post(`${example}/offer`, { ...money, revision: revisionIn(faultyOffer.text) }, amina);
    assert.equal(staleOffer.status, 409);
    assert.match(staleOffer.text, /Income from each learner: £7,001/);
    assert.match(staleOffer.text, /value="6000"/, 'what was typed stays in the form');

    const learners = await site.get(`${example}/learners`, amina);
    const forecast = { revision: revisionIn(learners.text), low: '5', likely: '6', high: '7', award: '' };
    assert.equal((await site.post(`${example}/learners`, { ...forecast, award: '50,000' }, tom)).status, 303);
    const crossed = await site.post(`${example}/learners`, { ...forecast, low: '9' }, amina);
    const stale = await site.post(`${example}/learners`, { ...forecast, revision: revisionIn(crossed.text) }, amina);
    assert.equal(stale.status, 409);
    assert.match(stale.text, /Money that you ask for: £50,000/);
  });

  it('whoever comes second is shown everything that differs, and the same thing sent twice is saved once', async () => {
    const path = await taskIn('Have it delivered');
    const form = await taskForm(path);
    const saved = { ...form, title: 'Have it brought', why: 'They cannot fetch it', evidence: 'Note of delivery' };
    assert.equal((await site.post(path, saved, tom)).to, `${path}?done=saved`);
    assert.equal((await site.post(path, saved, tom)).to, `${path}?done=saved`, 'the form was sent twice');
    const stale = await site.post(path, { ...form, cost: '5' }, amina);
    assert.equal(stale.status, 409);
    for (const words of [
      'What is to be done: Have it brought',
      'Why: They cannot fetch it',
      'Evidence: Note of delivery',
    ])
      assert.ok(stale.text.includes(words), words);
  });
});
