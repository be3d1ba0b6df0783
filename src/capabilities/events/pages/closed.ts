import { view } from '#web/answer.ts';

/** What stands where something cannot be done any more. */
export type ClosedModel = {
  readonly title: string;
  readonly words: string;
  readonly href: string;
  readonly text: string;
};

export const closedView = view<ClosedModel>('capabilities/events/pages/closed.njk');
