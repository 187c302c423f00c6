import { z } from 'zod';
import { isDay } from './day.ts';

// Problems read `what is expected; the fix`, as in config/schema.ts.

const text = (expected: string) => z.string(expected).min(1, expected);

const aDay = 'a day in quotes, year first; write one such as 2027-06-30';

/** Leave to delete or replace a resource that holds data, until a day. */
export const allowance = z.strictObject({
  resource: text('the construct path of a resource; copy it from `npx crosswind plan`')
    .regex(
      /[^*/]+\/.*[^*/]/,
      'the path of one resource, or a pattern of paths, not of everything; copy it from `npx crosswind plan`',
    )
    .describe('Its construct path; * stands for any text, in the place of what differs from stack to stack.'),
  reason: text('why the data may go; write it down')
    .min(20, 'a sentence; say why the data may go')
    .describe('Why the data may go; the plan prints it.'),
  until: z
    .string(aDay)
    .refine((day) => isDay(day), aDay)
    .describe('Last day on which it holds (UTC), for example 2027-06-30.'),
});
