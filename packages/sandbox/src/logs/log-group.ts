import type { JsonObject } from '@crosswind/aws/json';
import { byId, eventsOf, type LogEntry, type LogEvent } from './log-event.ts';

/** Bytes of events that a log group keeps, the newest; AWS has no such limit. */
export const keptBytes = 4 * 1024 * 1024;

/** A log stream (API_LogStream). */
export interface LogStream {
  readonly name: string;
  readonly createdAt: number;
  firstEventAt?: number;
  lastEventAt?: number;
  lastIngestedAt?: number;
  /** Events that are kept. */
  events: number;
}

const dayMilliseconds = 24 * 60 * 60 * 1_000;

/** Events of one log group, in the order of their arrival, and its streams. */
export class LogGroup {
  /** Properties in the form of a template, such as `RetentionInDays`. */
  settings: JsonObject;
  readonly createdAt: number;
  readonly #streams = new Map<string, LogStream>();
  readonly #events: LogEvent[] = [];
  /** Index of the first event that is kept. */
  #first = 0;
  #bytes = 0;

  constructor(settings: JsonObject, createdAt: number) {
    this.settings = settings;
    this.createdAt = createdAt;
  }

  get storedBytes(): number {
    return this.#bytes;
  }

  openStream(name: string, now: number): LogStream {
    const stream = this.#streams.get(name) ?? { name, createdAt: Math.floor(now), events: 0 };
    this.#streams.set(name, stream);
    return stream;
  }

  streams(): readonly LogStream[] {
    return [...this.#streams.values()];
  }

  write(streamName: string, entries: readonly LogEntry[], now: number, nextNumber: () => number): void {
    const stream = this.openStream(streamName, now);
    for (const entry of entries) {
      for (const event of eventsOf(entry, { stream: streamName, now, nextNumber })) this.#add(stream, event);
    }
    this.#forget();
  }

  /** Events that are kept, by time; those older than the retention are gone. */
  events(now: number): readonly LogEvent[] {
    const days = Number(this.settings['RetentionInDays'] ?? Infinity);
    const oldest = now - days * dayMilliseconds;
    return this.#events
      .slice(this.#first)
      .filter(({ timestamp }) => timestamp >= oldest)
      .sort(byId);
  }

  /** Events that have been ingested by now: who reads them again later finds none that is older than those. */
  ingested(now: number): readonly LogEvent[] {
    return this.events(now).filter(({ ingestedAt }) => ingestedAt <= now);
  }

  #add(stream: LogStream, event: LogEvent): void {
    this.#events.push(event);
    this.#bytes += event.bytes;
    stream.events += 1;
    stream.firstEventAt = Math.min(stream.firstEventAt ?? Infinity, event.timestamp);
    stream.lastEventAt = Math.max(stream.lastEventAt ?? 0, event.timestamp);
    stream.lastIngestedAt = event.ingestedAt;
  }

  /** Drops the oldest events above the limit, and each stream with its last event. */
  #forget(): void {
    while (this.#bytes > keptBytes) {
      const event = this.#events[this.#first];
      if (!event) break;
      this.#first += 1;
      this.#bytes -= event.bytes;
      const stream = this.#streams.get(event.stream);
      if (stream && (stream.events -= 1) === 0) this.#streams.delete(event.stream);
    }
    // Half of the array at a time, so that each event is moved once at most.
    if (this.#first * 2 <= this.#events.length) return;
    this.#events.splice(0, this.#first);
    this.#first = 0;
  }
}
