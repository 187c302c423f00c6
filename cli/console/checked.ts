import { z } from 'zod';
import { Refused } from '@crosswind/console/server/handlers';

/**
 * Input of a handler that a page has sent, in the form that the handler expects.
 *
 * @throws Refused
 */
export function checked<Form extends z.ZodType>(form: Form, what: unknown): z.output<Form> {
  const { success, data, error } = form.safeParse(what);
  if (success) return data;
  throw new Refused(`the page has sent something wrong: ${z.prettifyError(error).replaceAll(/\s*\n\s*/g, ' ')}`);
}
