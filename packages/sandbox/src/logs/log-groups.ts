import type { JsonObject } from '@crosswind/aws/json';
import type { LogEntry } from './log-event.ts';
import { LogGroup } from './log-group.ts';

/** CloudWatch Logs of every account: log groups by ARN, which ends in `:*`. */
export class LogGroups {
  readonly #groups = new Map<string, LogGroup>();
  readonly #now: () => number;
  #written = 0;

  /** @param now milliseconds since the epoch, in virtual time */
  constructor(now: () => number) {
    this.#now = now;
  }

  has(arn: string): boolean {
    return this.#groups.has(arn);
  }

  get(arn: string): LogGroup | undefined {
    return this.#groups.get(arn);
  }

  /** ARNs of groups that begin so, in their order. */
  under(arnPrefix: string): readonly string[] {
    return [...this.#groups.keys()].filter((arn) => arn.startsWith(arnPrefix)).sort();
  }

  create(arn: string, settings: JsonObject = {}): void {
    this.#groups.set(arn, new LogGroup(settings, Math.floor(this.#now())));
  }

  settings(arn: string): JsonObject | undefined {
    return this.#groups.get(arn)?.settings;
  }

  /** Changes the settings of a group, whose events stay. Returns false if there is no such group. */
  change(arn: string, settings: JsonObject): boolean {
    const group = this.#groups.get(arn);
    if (group) group.settings = settings;
    return group !== undefined;
  }

  remove(arn: string): void {
    this.#groups.delete(arn);
  }

  openStream(arn: string, stream: string): void {
    this.#groups.get(arn)?.openStream(stream, this.#now());
  }

  /** Writes to a stream, which is opened if it is not; what is written to a group that does not exist is lost. */
  write(arn: string, stream: string, entries: readonly LogEntry[]): void {
    this.#groups.get(arn)?.write(stream, entries, this.#now(), this.#nextNumber);
  }

  /** Texts of the events of a group, by time. */
  lines(arn: string): readonly string[] {
    const events = this.#groups.get(arn)?.events(this.#now()) ?? [];
    return events.map(({ message }) => message());
  }

  readonly #nextNumber = (): number => (this.#written += 1);
}
