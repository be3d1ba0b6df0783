import type { EducationEvent, WithContext } from 'schema-dts';
import type { Context } from '#platform/context.ts';
import type { HeldEvent } from '../domain/event.ts';
import { eventPath, picturePath } from '../paths.ts';

const schema = 'https://schema.org/';

/** An event in the words of schema.org. */
export const eventData = (ctx: Context, event: HeldEvent): WithContext<EducationEvent> => {
  const { text, time, ways } = event;
  const address = `${ctx.address}${eventPath(event.id)}`;
  const inPerson = ways.some((one) => one.way === 'in person');
  const online = ways.some((one) => one.way === 'online');
  return {
    '@context': 'https://schema.org',
    '@type': 'EducationEvent',
    '@id': address,
    url: address,
    name: text.title,
    description: text.summary,
    inLanguage: 'en-GB',
    ...(time ? { startDate: time.starts.toISOString(), endDate: time.ends.toISOString() } : {}),
    eventStatus: event.state === 'cancelled' ? `${schema}EventCancelled` : `${schema}EventScheduled`,
    ...(inPerson || online
      ? {
          eventAttendanceMode:
            inPerson && online
              ? `${schema}MixedEventAttendanceMode`
              : inPerson
                ? `${schema}OfflineEventAttendanceMode`
                : `${schema}OnlineEventAttendanceMode`,
          location: [
            ...(inPerson
              ? [
                  {
                    '@type': 'Place' as const,
                    name: text.place.split('\n')[0] ?? '',
                    address: text.place.replaceAll('\n', ', '),
                  },
                ]
              : []),
            ...(online ? [{ '@type': 'VirtualLocation' as const, url: address }] : []),
          ],
        }
      : {}),
    ...(text.audience ? { audience: { '@type': 'Audience', audienceType: text.audience } } : {}),
    image: `${ctx.address}${picturePath(event.id, 'wide')}`,
    isAccessibleForFree: true,
    ...(text.source ? {} : { organizer: { '@type': 'Organization', name: ctx.name, url: ctx.address } }),
  };
};
