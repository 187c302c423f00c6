import { isObject, type Json } from '@crosswind/aws/json';
import { type Handler, Refused } from '@crosswind/console/server/handlers';
import { z } from 'zod';
import type { ConsoleContext } from '../console-context.ts';

const question = z.object({ execution: z.string(), id: z.number().int().positive() });

/** Answers with the details of an event, as GetExecutionHistory gives them; an event without any has `{}`. */
export const eventAnswer =
  ({ sandbox }: Pick<ConsoleContext, 'sandbox'>): Handler =>
  (asked) => {
    const { success, data } = question.safeParse(asked);
    if (!success) return refused('expected the ARN of an execution and the id of an event');
    const execution = sandbox.executions.get(data.execution);
    if (!execution) return refused('This sandbox does not have the execution: it was started before the sandbox was.');
    const expected = execution.history[data.id - 1];
    const event = expected?.id === data.id ? expected : execution.history.find(({ id }) => id === data.id);
    if (!event) return refused(`The execution has no event ${data.id}.`);
    const details = (Object.values(event) as Json[]).find(isObject) ?? {};
    return Promise.resolve(details);
  };

const refused = (message: string): Promise<never> => Promise.reject(new Refused(message));
