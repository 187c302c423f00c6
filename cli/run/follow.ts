import { setTimeout } from 'node:timers/promises';
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  DescribeMapRunCommand,
  type DescribeMapRunCommandOutput,
  paginateGetExecutionHistory,
  paginateListMapRuns,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { isConnectionFailure } from '../../onboarding/aws-failure.ts';
import type { RunnerClients } from './runner-clients.ts';

/** What is known of a run across both accounts. */
export interface Followed {
  readonly parent: DescribeExecutionCommandOutput;
  /** Undefined until the parent has started it. */
  readonly child: DescribeExecutionCommandOutput | undefined;
  readonly mapRuns: readonly DescribeMapRunCommandOutput[];
}

/** Milliseconds between two looks: quick at first, because small runs end in seconds. */
const pauses = { first: 250, factor: 1.5, longest: 5_000 };

/** Looks at a parent and its child again and again, until the parent has ended. */
export async function* follow(
  { parent: parentAccount, child: childAccount }: RunnerClients,
  executionArn: string,
  signal: AbortSignal,
): AsyncGenerator<Followed> {
  let childArn: string | undefined;
  let failed = 0;
  for (let pause = pauses.first; ; pause = Math.min(pause * pauses.factor, pauses.longest)) {
    try {
      const parent = await parentAccount.send(new DescribeExecutionCommand({ executionArn }));
      childArn ??= await startedChild(parentAccount, executionArn);
      yield { parent, ...(await childState(childAccount, childArn)) };
      if (hasEnded(parent)) return;
      failed = 0;
    } catch (error) {
      failed += 1;
      if (!isPassing(error) || failed > toleratedFailures) throw error;
    }
    await setTimeout(pause, undefined, { signal });
  }
}

/** Looks in a row that may fail, each after the SDK's own attempts: a run of an hour outlives a bad minute. */
const toleratedFailures = 5;

const isPassing = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'ThrottlingException' || isConnectionFailure(error));

async function childState(client: SFNClient, executionArn: string | undefined): Promise<Omit<Followed, 'parent'>> {
  if (executionArn === undefined) return { child: undefined, mapRuns: [] };
  const child = await client.send(new DescribeExecutionCommand({ executionArn }));
  return { child, mapRuns: await mapRunsOf(client, executionArn) };
}

export const hasEnded = ({ status }: DescribeExecutionCommandOutput): boolean =>
  status !== 'RUNNING' && status !== 'PENDING_REDRIVE';

/** The execution that the parent's task says it has started (TaskSubmitted), the latest of several. */
async function startedChild(client: SFNClient, executionArn: string): Promise<string | undefined> {
  let found: string | undefined;
  for await (const { events = [] } of paginateGetExecutionHistory({ client }, { executionArn })) {
    for (const { taskSubmittedEventDetails: submitted } of events) {
      if (submitted?.resourceType !== 'states' || submitted.output === undefined) continue;
      const { ExecutionArn } = JSON.parse(submitted.output) as { readonly ExecutionArn?: string };
      found = ExecutionArn ?? found;
    }
  }
  return found;
}

async function mapRunsOf(client: SFNClient, executionArn: string): Promise<readonly DescribeMapRunCommandOutput[]> {
  const found: DescribeMapRunCommandOutput[] = [];
  for await (const { mapRuns = [] } of paginateListMapRuns({ client }, { executionArn })) {
    for (const { mapRunArn } of mapRuns) found.push(await client.send(new DescribeMapRunCommand({ mapRunArn })));
  }
  return found;
}
