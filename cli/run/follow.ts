import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  DescribeMapRunCommand,
  type DescribeMapRunCommandOutput,
  paginateGetExecutionHistory,
  paginateListMapRuns,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { type WorkloadAddress, stateMachineArn } from '../../blocks/workflow/address.ts';
import type { PlacedStage } from '../../config/deployments.ts';
import { isConnectionFailure } from '../../onboarding/aws-failure.ts';
import type { Pace } from '../io.ts';
import type { RunnerClients } from './runner-clients.ts';

/** State of a stage in a run, as last read. */
export interface FollowedStage {
  readonly stage: string;
  readonly account: string;
  /** Undefined until a caller has started it. */
  readonly execution: DescribeExecutionCommandOutput | undefined;
  /** Of a stage that starts no other. */
  readonly mapRuns: readonly DescribeMapRunCommandOutput[];
}

/** State of a run across its accounts, as last read. */
export interface Followed {
  readonly entry: DescribeExecutionCommandOutput;
  /** The entry first, a called stage after its caller. */
  readonly stages: readonly FollowedStage[];
}

export interface FollowProps {
  readonly clients: RunnerClients;
  readonly address: WorkloadAddress;
  /** The entry first, a called stage after its caller. */
  readonly stages: readonly PlacedStage[];
  /** The execution of the entry. */
  readonly executionArn: string;
  readonly signal: AbortSignal;
  readonly pace: Pace;
}

/** Milliseconds between two looks: quick at first, because small runs end in seconds. */
const pauses = { first: 250, factor: 1.5, longest: 5_000 };

/** Looks at a run again and again, until the entry has ended. */
export async function* follow(props: FollowProps): AsyncGenerator<Followed> {
  let failed = 0;
  for (let pause = pauses.first; ; pause = Math.min(pause * pauses.factor, pauses.longest)) {
    try {
      const followed = await look(props);
      yield followed;
      if (hasEnded(followed.entry)) return;
      failed = 0;
    } catch (error) {
      failed += 1;
      if (!isPassing(error) || failed > toleratedFailures) throw error;
    }
    await props.pace.wait(pause, props.signal);
  }
}

/** Looks in a row that may fail, each after the SDK's own attempts: a run of an hour outlives a bad minute. */
const toleratedFailures = 5;

const isPassing = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'ThrottlingException' || isConnectionFailure(error));

/** One look at every stage: at the entry, at what its history says it has started, and so on. */
async function look({ clients, address, stages, executionArn }: FollowProps): Promise<Followed> {
  const [first] = stages;
  if (!first) throw new Error('a workload without stages cannot be followed');
  const started = new Map([[first.name, executionArn]]);
  const followed: FollowedStage[] = [];
  for (const { name: stage, account, starts } of stages) {
    const client = clients.of(stage);
    const arn = started.get(stage);
    const execution =
      arn === undefined ? undefined : await client.send(new DescribeExecutionCommand({ executionArn: arn }));
    for (const startedArn of arn === undefined || starts.length === 0 ? [] : await startedBy(client, arn)) {
      const called = starts.find((name) => isExecutionOf(startedArn, stateMachineArn(address, name)));
      if (called !== undefined) started.set(called, startedArn);
    }
    const mapRuns = arn !== undefined && starts.length === 0 ? await mapRunsOf(client, arn) : [];
    followed.push({ stage, account: account.id, execution, mapRuns });
  }
  const entry = followed[0]?.execution;
  if (!entry) throw new Error(`nothing is known of ${executionArn}`);
  return { entry, stages: followed };
}

export const hasEnded = ({ status }: DescribeExecutionCommandOutput): boolean =>
  status !== 'RUNNING' && status !== 'PENDING_REDRIVE';

const isExecutionOf = (executionArn: string, machineArn: string): boolean =>
  executionArn.startsWith(`${machineArn.replace(':stateMachine:', ':execution:')}:`);

/** The executions that tasks say they have started (TaskSubmitted), in the order of events. */
async function startedBy(client: SFNClient, executionArn: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { events = [] } of paginateGetExecutionHistory({ client }, { executionArn })) {
    for (const { taskSubmittedEventDetails: submitted } of events) {
      if (submitted?.resourceType !== 'states' || submitted.output === undefined) continue;
      const { ExecutionArn } = JSON.parse(submitted.output) as { readonly ExecutionArn?: string };
      if (ExecutionArn !== undefined) found.push(ExecutionArn);
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
