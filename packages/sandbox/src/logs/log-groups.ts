import type { JsonObject } from '@crosswind/aws/json';

/** Lines that are kept of each log group, the newest. */
const kept = 500;

interface LogGroup {
  /** Properties in the form of a template, such as `RetentionInDays`. */
  readonly settings: JsonObject;
  readonly lines: string[];
}

/** CloudWatch Logs, as far as functions write to it. */
export class LogGroups {
  readonly #groups = new Map<string, LogGroup>();

  has(arn: string): boolean {
    return this.#groups.has(arn);
  }

  /** ARNs of groups that begin so, in their order. */
  under(arnPrefix: string): readonly string[] {
    return [...this.#groups.keys()].filter((arn) => arn.startsWith(arnPrefix)).sort();
  }

  create(arn: string, settings: JsonObject = {}): void {
    this.#groups.set(arn, { settings, lines: [] });
  }

  settings(arn: string): JsonObject | undefined {
    return this.#groups.get(arn)?.settings;
  }

  /** Changes the settings of a group, whose lines stay. Returns false if there is no such group. */
  change(arn: string, settings: JsonObject): boolean {
    const group = this.#groups.get(arn);
    if (group) this.#groups.set(arn, { ...group, settings });
    return group !== undefined;
  }

  remove(arn: string): void {
    this.#groups.delete(arn);
  }

  append(arn: string, text: string): void {
    const lines = this.#groups.get(arn)?.lines;
    if (!lines) return;
    lines.push(...text.split('\n').filter((line) => line !== ''));
    lines.splice(0, Math.max(0, lines.length - kept));
  }

  /** The newest lines of a log group. */
  lines(arn: string): readonly string[] {
    return this.#groups.get(arn)?.lines ?? [];
  }
}
