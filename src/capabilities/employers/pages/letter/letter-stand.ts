import { day, moment } from '#web/words.ts';
import { type Letter, standingOf } from '../../domain/letter.ts';

type Stand = { readonly state: string; readonly colour: string; readonly words: string };

/** Where a letter stands, for its organisation: a word with its colour, and a sentence. */
export const letterStand = (letter: Letter, now: Date): Stand => {
  const { signed, sentAt, until } = letter;
  const reason = letter.reason === '' ? '' : ` They say: ${letter.reason}`;
  switch (letter.state) {
    case 'draft':
      return { state: 'Draft', colour: 'govuk-tag--grey', words: 'Nobody but your organisation sees it.' };
    case 'sent': {
      const stands = standingOf(letter, now);
      if (stands === 'open')
        return {
          state: 'Sent',
          colour: 'govuk-tag--yellow',
          words: `Sent on ${day(sentAt ?? now)}. It can be signed until ${moment(until ?? now)}.`,
        };
      return stands === 'expired'
        ? { state: 'Expired', colour: 'govuk-tag--grey', words: 'Nobody answered in time. Send the link once more.' }
        : {
            state: 'No address',
            colour: 'govuk-tag--grey',
            words: 'Its contact is gone, or no longer agrees to be written to. Withdraw it and draft another.',
          };
    }
    case 'signed':
      return {
        state: 'Signed',
        colour: 'govuk-tag--green',
        words: `Signed on ${moment(signed?.signedAt ?? now)}. It is in the record.${signed?.parts.every((one) => one.confidential) ? ' The employer holds all of it back: others see nothing of it.' : ''}`,
      };
    case 'declined':
      return { state: 'Declined', colour: 'govuk-tag--red', words: `The employer does not sign it.${reason}` };
    case 'withdrawn':
      return { state: 'Withdrawn', colour: 'govuk-tag--grey', words: 'Your organisation took it back.' };
    case 'taken back':
      return {
        state: 'Taken back',
        colour: 'govuk-tag--red',
        words: `The employer signed it, and no longer stands by it. It is not in the record.${reason}`,
      };
  }
};
