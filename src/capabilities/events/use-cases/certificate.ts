import { londonDay } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import { type DocumentToWrite, text } from '#platform/documents/document.ts';
import type { Attendee, Booking } from '../domain/booking.ts';
import { type HeldEvent, wayWords } from '../domain/event.ts';
import { whenWords } from '../domain/event-words.ts';
import { eventPath } from '../paths.ts';

const work = {
  module: new URL('../../../platform/documents/write-pdf.ts', import.meta.url),
  name: 'writePdf',
} as const;
const writeMs = 30_000;

/** That someone attended, as a PDF that assistive technology reads. It says no more than was noted. */
export const certificate = (
  ctx: Context,
  event: HeldEvent,
  booking: Booking,
  person: Attendee,
): Promise<Uint8Array> => {
  const line = (name: string, words: string): DocumentToWrite['blocks'][number] => ({
    kind: 'paragraph',
    content: [{ kind: 'strong', content: [text(`${name}: `)] }, text(words)],
  });
  const document: DocumentToWrite = {
    title: 'Certificate of attendance',
    summary: `${person.name} attended ${event.text.title}.`,
    publisher: ctx.name,
    address: `${ctx.address}${eventPath(event.id)}`,
    stand: `Written on ${londonDay(ctx.clock())}`,
    date: ctx.clock(),
    contents: false,
    blocks: [
      line('Name', person.name),
      ...(booking.organisation ? [line('Organisation', booking.organisation)] : []),
      line('Event', event.text.title),
      line('When', whenWords(event.time, event.month)),
      line('Attended', wayWords[person.attended ?? booking.way]),
    ],
    images: {},
  };
  return ctx.workers.run<Uint8Array>(work, document, writeMs);
};
