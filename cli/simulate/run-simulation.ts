import { statesOf } from '@crosswind/assembly/cross-account-starts';
import { resolveStacks } from '@crosswind/assembly/resolve';
import { stateMachinesOf } from '@crosswind/assembly/state-machines';
import { objectOf, textOf } from '@crosswind/aws/json';
import type { FunctionModel } from '@crosswind/sandbox/lambda/modelled-functions';
import type { QuotaSettings } from '@crosswind/sandbox/quotas/granted-quotas';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import type { Platform } from '../../config/schema.ts';
import { Timeline } from '@crosswind/sandbox/timeline';
import type { OptionValues, SimulatedRun } from '../../blocks/local.ts';
import type { CleanUp } from '../interrupt.ts';
import { assemblyIn } from '../local/assembled-app.ts';
import { type ChosenTenant, deployPlatform, integrationModelsOf } from '../local/deploy-platform.ts';
import { inputOf, watch } from '../local/run-platform.ts';
import { runWorkload } from '../local/run-workload.ts';
import { withAccountsOf } from '../local/with-accounts-of.ts';
import type { Terminal } from '../terminal.ts';
import { Billing } from './billing.ts';
import { type SimulationReport, simulationReport } from './simulation-report.ts';

export interface SimulationProps {
  /** Directory of the cloud assembly. */
  readonly assembly: string;
  /** The tenant to simulate, with the models of its functions. */
  readonly chosen: ChosenTenant & { readonly run: SimulatedRun };
  /** Values of the options of the workload, for the report. */
  readonly options: OptionValues;
  readonly seed: number;
  readonly quotas: QuotaSettings;
  readonly platform: Platform;
  /**
   * Leaves out the accounts of other tenants.
   *
   * @default false
   */
  readonly alone?: boolean;
  readonly terminal: Terminal;
  readonly cleanUp: CleanUp;
}

/** Start of every simulation, 2026-01-05T00:00:00Z. It is fixed, so that the same seed gives the same bytes. */
const startAt = 1_767_571_200_000;
/** A page of a thousand keys takes 100 to 150 ms from S3, one after the other. */
const listingMilliseconds = 120;
/** Minutes that a simulation continues after its run, because the run may still set off alarms. */
const minutesAfter = 20;
const stepMilliseconds = 1_000;

/** Runs the synthesized workflows of a tenant over what its workload models, with models in place of functions. */
export async function runSimulation(props: SimulationProps): Promise<SimulationReport> {
  const { assembly, chosen, quotas, alone = false, terminal, cleanUp } = props;
  const platform = alone ? withAccountsOf(props.platform, chosen.deployment) : props.platform;
  const billing = new Billing();
  const models = modelsByFunction(assembly, chosen.run.models);
  // Loaded when it is needed: help and wrong input are answered without it.
  const { openSandbox } = await import('@crosswind/sandbox/sandbox');
  const opening = openSandbox({
    startAt,
    quotas,
    organizationId: platform.organization.id,
    listingMilliseconds,
    integrationModels: integrationModelsOf(chosen),
    models: {
      modelOf: ({ arn }) => models.get(arn),
      onEnd: (invocation) => {
        billing.invocation(invocation);
      },
    },
  });
  const sandbox = await cleanUp.use(opening.then((opened) => ({ ...opened, remove: () => opened.close() })));
  // One run is simulated: what else would begin meanwhile takes no part in it.
  sandbox.schedules.hold();
  const { stages } = await deployPlatform({ sandbox, assembly, platform, chosen, fault: undefined, alone, terminal });
  const { simulation, cloudWatch } = sandbox;
  const before = requestsOfStepFunctions(sandbox);
  const timeline = new Timeline(simulation, cloudWatch.meters.totals, stepMilliseconds);
  const watching = watch(sandbox, stages, terminal, 'simulating');
  const run = await runWorkload(sandbox, { stages, input: inputOf(chosen), name: 'simulation' }).finally(() => {
    clearInterval(watching);
  });
  const moments = timeline.end();
  await sandbox.settle(minutesAfter);
  const putsAndLists = requestsOfStepFunctions(sandbox) - before;
  const transitions = moments.reduce((sum, moment) => sum + moment.transitions, 0);
  const children = run.stages.flatMap(({ execution }) => execution?.mapRuns.flatMap((mapRun) => mapRun.children) ?? []);
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
