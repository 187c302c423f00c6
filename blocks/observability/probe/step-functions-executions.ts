import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  ExecutionDoesNotExist,
  ListExecutionsCommand,
  type SFNClient,
  StateMachineDoesNotExist,
} from '@aws-sdk/client-sfn';
import type { ExecutionsPort, SeenExecution, SeenPage } from './executions-port.ts';

/** Most executions of a page (API_ListExecutions). */
const pageSize = 1_000;

/** Executions as Step Functions knows them. A workflow that is not deployed yet has none. */
export function stepFunctionsExecutions(client: SFNClient): ExecutionsPort {
  const list = async (input: ConstructorParameters<typeof ListExecutionsCommand>[0]): Promise<SeenPage> => {
    try {
      const { executions = [], nextToken } = await client.send(
        new ListExecutionsCommand({ ...input, maxResults: pageSize }),
      );
      return { executions: executions.map(seen), ...(nextToken !== undefined && { next: nextToken }) };
    } catch (error) {
      if (error instanceof StateMachineDoesNotExist) return { executions: [] };
      throw error;
    }
  };
  return {
    running: (stateMachineArn, nextToken) => list({ stateMachineArn, nextToken, statusFilter: 'RUNNING' }),
    newest: (stateMachineArn) => list({ stateMachineArn }),
    describe: async (executionArn) => {
      try {
        return seen(await client.send(new DescribeExecutionCommand({ executionArn })));
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return undefined;
        throw error;
      }
    },
    timeoutSeconds: async (stateMachineArn) => {
      const { definition = '{}' } = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
      const { TimeoutSeconds: seconds } = JSON.parse(definition) as { readonly TimeoutSeconds?: unknown };
      return typeof seconds === 'number' ? seconds : undefined;
    },
  };
}

interface Answered {
  readonly executionArn?: string | undefined;
  readonly name?: string | undefined;
  readonly startDate?: Date | undefined;
  readonly stopDate?: Date | undefined;
}

const seen = ({ executionArn: arn = '', name = '', startDate, stopDate }: Answered): SeenExecution => ({
  arn,
  name,
  startedAt: startDate?.getTime() ?? NaN,
  ...(stopDate && { stoppedAt: stopDate.getTime() }),
});
