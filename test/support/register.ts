import assert from 'node:assert/strict';
import type { Site, Visitor } from './site.ts';

/**
 * Fills in a form of the register and enters what it proposes, as an editor who is the only one may.
 *
 * @param tick called before each of the two, for a clock that stands still otherwise.
 */
export const enterInRegister = async (
  site: Site,
  editor: Visitor,
  path: string,
  fields: Readonly<Record<string, string>>,
  tick: () => void = () => {},
): Promise<void> => {
  const send = async (to: string, sent: Readonly<Record<string, string>>): Promise<string> => {
    tick();
    const answer = await site.post(to, sent, editor);
    assert.equal(answer.status, 303, answer.text.slice(answer.text.indexOf('<main')).slice(0, 900));
    return answer.to;
  };
  const proposal = await send(path, { basis: 'A decision', ...fields });
  await send(proposal.replace('?done=proposed', ''), { decision: 'enter', note: '' });
};
