import { WrongInput } from '../failure.ts';

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/**
 * Parses `--since` as `aws logs tail` does: `10m` before the end of the record, or a time in ISO 8601.
 *
 * @param end milliseconds since the epoch, in virtual time
 * @throws WrongInput
 */
export function sinceOf(text: string, end: number): number {
  const [, count, unit] = /^(\d+)([smhdw])$/.exec(text) ?? [];
  if (unit !== undefined) return end - Number(count) * units[unit as keyof typeof units];
  const time = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : NaN;
  if (!Number.isNaN(time)) return time;
  throw new WrongInput(
    `--since: expected a time before the end of the run, such as 30s, 10m, 2h, 1d or 1w, or a time in ISO 8601, got ${text}`,
  );
}
