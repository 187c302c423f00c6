import { statesOf } from '@crosswind/assembly/cross-account-starts';
import type { CrossAccountStart } from '@crosswind/assembly/cross-account-starts';
import { resolveStacks } from '@crosswind/assembly/resolve';
import { stateMachinesOf } from '@crosswind/assembly/state-machines';
import { objectOf, textOf } from '@crosswind/aws/json';
import type { FunctionModel } from '@crosswind/sandbox/lambda/modelled-functions';
import type { QuotaSettings } from '@crosswind/sandbox/quotas/granted-quotas';
import { runWorkload, type WorkloadRun } from '../local/run-workload.ts';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import { Timeline } from '@crosswind/sandbox/timeline';
import { windSpeedModels } from '../../services/wind-speed/sample/modelled-functions.ts';
import { modelledObjects } from '../../services/wind-speed/sample/modelled-objects.ts';
import type { CleanUp } from '../interrupt.ts';
import { assemblyIn } from '../local/assembled-app.ts';
import { deployPlatform } from '../local/deploy-platform.ts';
import { count } from '../local/present.ts';
import type { Terminal } from '../terminal.ts';
import { Billing } from './billing.ts';
import { type SimulationReport, simulationReport } from './simulation-report.ts';

export interface SimulationProps {
  /** Directory of the cloud assembly. */
  readonly assembly: string;
  readonly objects: number;
  readonly seed: number;
  /** Share of the invocations over batches that crash, 0 to 1. */
  readonly failRate: number;
  readonly quotas: QuotaSettings;
  readonly organizationId?: string;
  /** The start to simulate. */
  readonly chosen?: (start: CrossAccountStart) => boolean;
  readonly terminal: Terminal;
  readonly cleanUp: CleanUp;
}

/** Every simulation begins in the same moment, 2026-01-05T00:00:00Z, so that the same seed gives the same bytes. */
const startAt = 1_767_571_200_000;
/** A page of a thousand keys takes 100 to 150 ms from S3, one after the other. */
const listingMilliseconds = 120;
/** What a run did shows in alarms for some minutes after it. */
const minutesAfter = 20;
const stepMilliseconds = 1_000;

/** Runs the synthesized parent and child over objects that are only names, with models in place of functions. */
export async function runSimulation(props: SimulationProps): Promise<SimulationReport> {
  const { objects, seed, failRate, quotas, organizationId, terminal, cleanUp } = props;
  const billing = new Billing();
  const models = modelsByFunction(props.assembly, windSpeedModels({ seed, failRate }));
  // Loaded when it is needed: help and wrong input are answered without it.
  const { openSandbox } = await import('@crosswind/sandbox/sandbox');
  const opening = openSandbox({
    startAt,
    quotas,
    organizationId,
    listingMilliseconds,
    models: {
      modelOf: ({ arn }) => models.get(arn),
      onEnd: (invocation) => {
        billing.invocation(invocation);
      },
    },
  });
  const sandbox = await cleanUp.use(opening.then((opened) => ({ ...opened, remove: () => opened.close() })));
  const weather = { kind: 'modelled', objects: modelledObjects({ objects, seed }) } as const;
  const { assembly, chosen } = props;
  const { start } = await deployPlatform({ sandbox, assembly, weather, fault: undefined, chosen, terminal });
  const { simulation, cloudWatch } = sandbox;
  const before = requestsOfStepFunctions(sandbox);
  const timeline = new Timeline(simulation, cloudWatch.meters.totals, stepMilliseconds);
  const run = await watched(sandbox, start, terminal);
  const moments = timeline.end();
  await sandbox.settle(minutesAfter);
  const putsAndLists = requestsOfStepFunctions(sandbox) - before;
  const transitions = moments.reduce((sum, moment) => sum + moment.transitions, 0);
  const children = run.child?.mapRuns.flatMap((mapRun) => mapRun.children) ?? [];
  const bill = billing.bill({ transitions, children, putsAndLists });
  return simulationReport({ ...props, sandbox, run, moments, bill });
}

/** The models of functions, by the ARN of the function that a state invokes. */
function modelsByFunction(
  assembly: string,
  models: Readonly<Record<string, FunctionModel>>,
): ReadonlyMap<string, FunctionModel> {
  const machines = resolveStacks(assemblyIn(assembly)).flatMap(stateMachinesOf);
  const invoked = machines.flatMap(({ definition }) => statesOf(definition));
  return new Map(
    invoked.flatMap(([state, task]): readonly [string, FunctionModel][] => {
      const functionArn = textOf(objectOf(task['Arguments'])['FunctionName']);
      const model = models[state];
      return model && functionArn !== '' ? [[functionArn, model]] : [];
    }),
  );
}

/** Requests to S3 that no function made: models make none. */
function requestsOfStepFunctions({ decisions }: Sandbox): number {
  const allowed = decisions.allowed();
  return (allowed['s3:ListBucket'] ?? 0) + (allowed['s3:PutObject'] ?? 0);
}

async function watched(cloud: Sandbox, start: CrossAccountStart, terminal: Terminal): Promise<WorkloadRun> {
  const watching = setInterval(() => {
    const counts = cloud.executions.of(start.childArn).at(-1)?.mapRuns[0]?.counts();
    if (!counts) return;
    const { succeeded, failed, total } = counts.executionCounts;
    terminal.progress(`simulating: ${count(succeeded + failed)} of ${count(total)} batches`);
  }, 200);
  return runWorkload(cloud, { start, input: {}, name: 'simulation' }).finally(() => {
    clearInterval(watching);
  });
}
