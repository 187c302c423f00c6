import { RedriveExecutionCommand, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import type { Handler } from '@crosswind/console/server/handlers';
import { checked } from '../checked.ts';
import type { ConsoleContext } from '../console-context.ts';
import { asOperator } from './operator.ts';

type Context = Pick<ConsoleContext, 'sandbox'>;

/** Text of a field that may stay empty. */
const optional = z
  .string()
  .default('')
  .transform((text) => (text === '' ? undefined : text));

const start = z.object({ machine: z.string(), input: z.string(), name: optional });

/** Starts a state machine as the operator of its account. Answers with the ARN of the execution. */
export const startAction =
  ({ sandbox }: Context): Handler =>
  async (what) => {
    const { machine, input, name } = checked(start, what);
    const command = new StartExecutionCommand({ stateMachineArn: machine, input, name });
    const { executionArn } = await asOperator(sandbox, machine, (client) => client.send(command));
    return { execution: executionArn };
  };

const stop = z.object({ execution: z.string(), error: optional, cause: optional });

/** Stops an execution as the operator of its account. */
export const stopAction =
  ({ sandbox }: Context): Handler =>
  async (what) => {
    const { execution, error, cause } = checked(stop, what);
    const command = new StopExecutionCommand({ executionArn: execution, error, cause });
    await asOperator(sandbox, execution, (client) => client.send(command));
    return { execution };
  };

const redrive = z.object({ execution: z.string() });

/** Redrives an execution as the operator of its account. */
export const redriveAction =
  ({ sandbox }: Context): Handler =>
  async (what) => {
    const { execution } = checked(redrive, what);
    const command = new RedriveExecutionCommand({ executionArn: execution });
    await asOperator(sandbox, execution, (client) => client.send(command));
    return { execution };
  };
