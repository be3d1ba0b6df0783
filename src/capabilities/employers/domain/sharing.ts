/** A record that another organisation sees, or was offered to see, while it stands. */
export type Sharing = {
  readonly id: string;
  readonly employer: string;
  readonly employerName: string;
  /** The organisation that keeps the record. */
  readonly giver: string;
  readonly receiver: string;
  /** ISO day. */
  readonly employerAgreedOn: string;
  readonly offeredAt: Date;
  /** `null`: offered, and not accepted yet. */
  readonly acceptedAt: Date | null;
};
