/** What a provider answers to a wanted question. */
export type Reply = {
  readonly id: string;
  readonly enquiry: string;
  readonly provider: string;
  /** `null`: from before this was kept. */
  readonly organisation: string | null;
  /** Who wrote it; `null`: they have deleted their account. */
  readonly person: string | null;
  readonly text: string;
  readonly at: Date;
  /** When somebody decided on it last; `null`: nobody has read it yet. */
  readonly decidedAt: Date | null;
  /** Why readers do not have it; `null`: they do, once it was read. */
  readonly leftOut: string | null;
};

/** `unread`: it waits for somebody to read it; `shown`: readers have it; `left-out`: it was read and left out, or taken out later. */
export type ReplyState = 'unread' | 'shown' | 'left-out';

export const replyState = ({ decidedAt, leftOut }: Pick<Reply, 'decidedAt' | 'leftOut'>): ReplyState =>
  decidedAt === null ? 'unread' : leftOut === null ? 'shown' : 'left-out';

export const replyStateWords: Readonly<Record<ReplyState, string>> = {
  unread: 'Waits to be read',
  shown: 'Shown to everyone',
  'left-out': 'Left out',
};
