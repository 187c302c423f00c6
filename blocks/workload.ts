import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { z } from 'zod';
import type { Contract } from './contract.ts';
import type { Signal } from './observability/signal.ts';
import type { WorkloadAddress } from './workflow/address.ts';

/** Input to build the signals of a tenant, and part of the input to build a stage: where the stages of its tenant are, and the settings of its team. */
export interface StageProps<Settings, Stage extends string> {
  readonly address: WorkloadAddress<Stage>;
  /** Name of the wave, for metrics by tenant and wave. */
  readonly wave: string;
  readonly settings: Settings;
}

/** Input to build a stage. */
export interface BuildProps<Settings, Stage extends string> extends StageProps<Settings, Stage> {
  /** Id of the AWS organization, for policies that admit nobody else. */
  readonly organizationId: string;
}

export interface WorkloadProps<Settings, Stage extends string> {
  /** Builds each stage into its stack, and returns its workflow. */
  readonly stages: Readonly<Record<Stage, (scope: Construct, props: BuildProps<Settings, Stage>) => IStateMachine>>;
  /**
   * Signals besides those of the workflows' executions. The constructs belong to the monitoring account.
   *
   * @default - nothing
   */
  readonly signals?: (scope: Construct, props: StageProps<Settings, Stage>) => readonly WorkloadSignal<Stage>[];
  /**
   * Graphs on the tenant's dashboard, besides those of executions and accounts. Each signal has one already.
   *
   * @default - nothing
   */
  readonly graphs?: (props: StageProps<Settings, Stage>) => readonly WorkloadGraph[];
}

/** A graph of metrics that have account and region. */
export interface WorkloadGraph {
  readonly title: string;
  readonly metrics: readonly IMetric[];
}

/** A signal of the stage whose account it watches. */
export interface WorkloadSignal<Stage extends string = string> extends Signal {
  readonly stage: Stage;
}

/** A workload as the platform builds it. It knows nothing of accounts, waves or `platform.yaml`. */
export interface Workload {
  readonly contract: Contract;
  /** Builds a stage; its settings are parsed again here, at the border. */
  readonly build: (stage: string, scope: Construct, props: BuildProps<unknown, string>) => IStateMachine;
  readonly signals: (scope: Construct, props: StageProps<unknown, string>) => readonly WorkloadSignal[];
  readonly graphs: (props: StageProps<unknown, string>) => readonly WorkloadGraph[];
}

/** Workloads by name. */
export type Workloads = ReadonlyMap<string, Workload>;

/** The workload of that name. Loading a platform loads the workloads of all its tenants. */
export function workloadNamed(workloads: Workloads, name: string): Workload {
  const workload = workloads.get(name);
  if (!workload) throw new Error(`the workload "${name}" was not loaded`);
  return workload;
}

/** The constructs of a workload, one builder for each stage of its contract: a missing one does not compile. */
export function defineWorkload<Settings extends z.ZodObject, Stage extends string>(
  contract: Contract<Settings, Stage>,
  { stages, signals, graphs }: WorkloadProps<z.output<Settings>, Stage>,
): Workload {
  const typed = ({ address, wave, settings }: StageProps<unknown, string>): StageProps<z.output<Settings>, Stage> => ({
    ...{ address, wave },
    settings: contract.settings.parse(settings),
  });
  const isStage = (name: string): name is Stage => Object.hasOwn(stages, name);
  return {
    contract,
    build: (stage, scope, props) => {
      if (!isStage(stage)) throw new Error(`the workload has no stage "${stage}"`);
      return stages[stage](scope, { ...typed(props), organizationId: props.organizationId });
    },
    signals: (scope, props) => signals?.(scope, typed(props)) ?? [],
    graphs: (props) => graphs?.(typed(props)) ?? [],
  };
}
