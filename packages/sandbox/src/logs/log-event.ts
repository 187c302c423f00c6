/** Line that is to be written to a log stream. */
export interface LogLine {
  /** Milliseconds since the epoch, in virtual time. */
  readonly timestamp: number;
  readonly message: string;
}

/** Line whose text is made when it is read, which may be never. */
export interface LazyLine {
  readonly timestamp: number;
  readonly message: () => string;
  /** Length of the message in bytes, about. */
  readonly bytes: number;
}

export type LogEntry = LogLine | LazyLine;

/** Entry of a log stream (API_FilteredLogEvent). */
export interface LogEvent {
  /** As AWS writes it, 56 digits; events sorted by id are sorted by timestamp, then by arrival. */
  readonly id: string;
  readonly stream: string;
  readonly timestamp: number;
  readonly ingestedAt: number;
  readonly bytes: number;
  /** Text of the event. */
  readonly message: () => string;
}

/** CloudWatch Logs counts so many bytes for an event besides its message (API_PutLogEvents). */
const overheadBytes = 26;

/** Characters of an event; Lambda splits what is longer (gettingstarted-limits names 256 KB). */
const maxCharacters = 262_144;

/** Log stream that takes events, and when. */
export interface Arrival {
  readonly stream: string;
  /** Milliseconds since the epoch, in virtual time. */
  readonly now: number;
  readonly nextNumber: () => number;
}

/** The entry as events, several where its text is too long for one. */
export function eventsOf(entry: LogEntry, arrival: Arrival): readonly LogEvent[] {
  if (typeof entry.message === 'function') return [eventOf(entry as LazyLine, arrival)];
  const { message: text, timestamp } = entry as LogLine;
  const events: LogEvent[] = [];
  for (let from = 0; from === 0 || from < text.length; from += maxCharacters) {
    const part = text.slice(from, from + maxCharacters);
    events.push(eventOf({ timestamp, message: () => part, bytes: Buffer.byteLength(part) }, arrival));
  }
  return events;
}

function eventOf({ timestamp, message, bytes }: LazyLine, { stream, now, nextNumber }: Arrival): LogEvent {
  const at = Math.floor(timestamp);
  return {
    id: eventId(at, nextNumber()),
    stream,
    timestamp: at,
    // A function's lines are delivered at its end, which may be ahead of the clock.
    ingestedAt: Math.max(Math.floor(now), at),
    bytes: bytes + overheadBytes,
    message,
  };
}

/** Id of the event that arrived as number `number`. */
export const eventId = (timestamp: number, number: number): string =>
  `${String(timestamp).padStart(20, '0')}${String(number).padStart(36, '0')}`;

/** Orders events by time, as CloudWatch Logs returns them. */
export const byId = (one: LogEvent, other: LogEvent): number => (one.id < other.id ? -1 : one.id === other.id ? 0 : 1);
