import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger };

/**
 * Structured log, one JSON object a line. Secrets and personal data are never given to it:
 * requests are logged by route pattern, not by address, so that no token or search term lands here.
 */
export const makeLog = (level: string, destination?: DestinationStream): Logger =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination ?? pino.destination(2));
