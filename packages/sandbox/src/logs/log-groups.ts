/** Lines that are kept of each log group, the newest. */
const kept = 500;

/** CloudWatch Logs, as far as functions write to it. */
export class LogGroups {
  readonly #lines = new Map<string, string[]>();

  has(arn: string): boolean {
    return this.#lines.has(arn);
  }

  create(arn: string): void {
    this.#lines.set(arn, []);
  }

  append(arn: string, text: string): void {
    const lines = this.#lines.get(arn);
    if (!lines) return;
    lines.push(...text.split('\n').filter((line) => line !== ''));
    lines.splice(0, Math.max(0, lines.length - kept));
  }

  /** The newest lines of a log group. */
  lines(arn: string): readonly string[] {
    return this.#lines.get(arn) ?? [];
  }
}
