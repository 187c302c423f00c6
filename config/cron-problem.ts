import { parseScheduleExpression } from '@crosswind/aws/schedule-expression';

/** Problem of a cron expression's six fields, as `what is expected; the fix`: a run starts once an hour at most. */
export function cronProblem(text: string): string | undefined {
  const [minute = '', ...others] = text.split(/\s+/);
  if (others.length !== 5)
    return 'six fields, minutes hours day-of-month month day-of-week year; write for example cron(0 6 1 * ? *)';
  if (!/^[0-5]?\d$/.test(minute))
    return `a single minute from 0 to 59, because a run starts once an hour at most; write it instead of "${minute}"`;
  const parsed = parseScheduleExpression(`cron(${text})`);
  return parsed.ok ? undefined : parsed.problem;
}
