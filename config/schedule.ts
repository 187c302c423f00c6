import { z } from 'zod';
import { parseScheduleExpression } from '@crosswind/aws/schedule-expression';
import { cronProblem } from './cron-problem.ts';
import { nearest } from './nearest.ts';

// Problems read `what is expected; the fix`, as in config/schema.ts.

const anExpression = 'cron(six fields) or rate(number unit); write for example cron(0 6 1 * ? *) or rate(7 days)';
const aTimeZone = 'UTC or Area/City as the IANA time zone database has it; write for example Europe/Berlin';

/** Problem of a schedule expression (EventBridge Scheduler User Guide, "Schedule types"). */
function expressionProblem(text: string): string | undefined {
  const [, kind, inner = ''] = /^(cron|rate)\((.*)\)$/.exec(text) ?? [];
  if (kind === 'cron') return cronProblem(inner);
  return kind === 'rate' ? rateProblem(inner) : anExpression;
}

function rateProblem(text: string): string | undefined {
  const parsed = parseScheduleExpression(`rate(${text})`);
  if (!parsed.ok) return parsed.problem;
  const minutes = parsed.expression.kind === 'rate' ? parsed.expression.milliseconds / 60_000 : NaN;
  if (minutes < 60) return 'a rate of 1 hour or more, because every run costs money; raise it';
  return minutes > 365 * 1_440 ? 'a rate of 365 days or less; lower it' : undefined;
}

function timeZoneProblem(name: string): string | undefined {
  if (isTimeZone(name)) return undefined;
  const meant = nearest(name, Intl.supportedValuesOf('timeZone'));
  return meant === undefined ? aTimeZone : aTimeZone.replace(/;.*/, `; did you mean "${meant}"?`);
}

/** Intl also knows abbreviations that are not of IANA, offsets, and any name in other letters. */
function isTimeZone(name: string): boolean {
  if (!/^(UTC|[A-Z]\w+(\/[A-Z][\w+-]+)+)$/.test(name)) return false;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return timeZone === name || timeZone.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}

/** Text that `problemOf` checks; it returns the problem of a text, if any. */
const checked = (expected: string, problemOf: (text: string) => string | undefined) =>
  z.string(expected).superRefine((text, context) => {
    const message = problemOf(text);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

/** How often the parent workflow is started without anybody asking for it: once an hour at most. */
export const schedule = z.strictObject({
  expression: checked(anExpression, expressionProblem).describe(
    'cron(minutes hours day-of-month month day-of-week year), or rate(number unit), which starts a run at once when it is deployed. Once an hour at most; every run costs money.',
  ),
  timezone: checked(aTimeZone, timeZoneProblem)
    .default('UTC')
    .describe('Time zone in which a cron expression is read, for example Europe/Berlin.'),
});
