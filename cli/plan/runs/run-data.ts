import type { Json } from '@crosswind/aws/json';

/** A value at a path that differs. Absent where the value is absent, so that `null` stays a value. */
export interface FieldChange {
  /** For example `MaxConcurrency`, `Retry[States.ALL].MaxAttempts` or `Arguments.Payload.batch`. */
  readonly path: string;
  /** @default - there was none */
  readonly before?: Json;
  /** @default - there is none any more */
  readonly after?: Json;
}

/** A state that is added, removed, changed or has another name. */
export interface StateChange {
  readonly kind: 'added' | 'removed' | 'changed' | 'renamed';
  /** Names from the outermost state to this one: the last is its own, those before are the Map and Parallel around it. */
  readonly path: readonly string[];
  /** For example `Task`; the new type where that changes. */
  readonly type: string;
  /** Former name of a renamed state. All else of it is equal. */
  readonly formerName?: string;
  /** Of a changed state, in alphabetical order; empty of any other. A `Next` that only follows a new name is none. */
  readonly fields: readonly FieldChange[];
}

/** A tenant in a wave. */
export interface TenantInWave {
  readonly tenant: string;
  readonly wave: string;
}

/** A state machine of an assembly. */
export interface WorkflowPlace {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** Construct path of its stack, for example `Crosswind/dev-orders/Child`. */
  readonly stack: string;
  /** @default - it belongs to no tenant */
  readonly tenant?: TenantInWave;
}

/** A change of workflows that has the same shape in each place: account ids, tenants, waves and regions aside. */
export interface WorkflowChange {
  readonly kind: 'added' | 'removed' | 'changed';
  /** At least one, in the order of account and name. The values of the change are those of the first. */
  readonly places: readonly WorkflowPlace[];
  /** Of the definition, for example `TimeoutSeconds`, and `StateMachineType`, `LogGroupArn` and `Traced` of the resource. */
  readonly fields: readonly FieldChange[];
  /** In the order of the definition, what is removed last. Empty for a workflow that is added or removed. */
  readonly states: readonly StateChange[];
}

/** A run of a tenant as `crosswind simulate` estimates it, with the default options of its workload. */
export interface RunFigures {
  /** Status of the entry, for example `SUCCEEDED`. */
  readonly status: string;
  /** Error of the first stage that has one. */
  readonly error?: string;
  /** Duration of the entry's execution. */
  readonly seconds: number;
  /** US dollars at the list prices of us-east-1. */
  readonly dollars: number;
  readonly items: number;
  readonly batches: number;
  readonly invocations: number;
  readonly transitions: number;
  readonly throttledInvocations: number;
  readonly retries: number;
  readonly mostExecutionsAtATime: number;
  readonly mostInvocationsAtATime: number;
  /** Names of alarms that go off, in alphabetical order. */
  readonly alarms: readonly string[];
  /** Calls that are denied. */
  readonly deniedCalls: number;
}

/** Figures of one side, or the reason why there are none. */
export type SideOfRun =
  | { readonly figures: RunFigures; readonly missing?: undefined }
  | { readonly figures?: undefined; readonly missing: string };

/** Duration and cost of a run before and after. */
export interface RunEstimate extends TenantInWave {
  readonly workload: string;
  /** Tenants and waves with workflows and functions of the same shape, which were not simulated for that reason. */
  readonly alike: readonly TenantInWave[];
  readonly before: SideOfRun;
  readonly after: SideOfRun;
}

/** Section Runs of a plan. */
export interface RunChanges {
  /** Changed ones first, then added, then removed; each in the order of its first place. */
  readonly workflows: readonly WorkflowChange[];
  /** One for each workload and shape of a change. */
  readonly estimates: readonly RunEstimate[];
}

/** Versions of the stages of a workload that run together. `mixed` names the version of each stage. */
export interface Mix {
  /**
   * `deploying`: some stages have been deployed and the others have not. `rolling back`: the other way round, as after a
   * rollback or a retry of the earlier stages. `deployed`: every stage is new.
   */
  readonly during: 'deploying' | 'rolling back' | 'deployed';
  /** By the name of the stage, in the order in which they are deployed. */
  readonly stages: Readonly<Record<string, 'old' | 'new'>>;
}

/** A value that a state reads, and that it gets from stages of its own version only. */
export interface MissedValue {
  /** JSON path in the input of the state, for example `$.Output.objects`. */
  readonly path: string;
  /** Value among stages of one version. */
  readonly expected: Json;
  /**
   * Value of another type in the mix.
   *
   * @default - there is none at the path
   */
  readonly got?: Json;
}

/** First difference in the outcome of the sample that neither version explains. */
export interface ContractDifference {
  readonly mix: Mix;
  /** Part of the outcome that differs; `problems` are those that the check of the sample finds in the output. */
  readonly what: 'status' | 'error' | 'cause' | 'output' | 'problems' | 'object' | 'executions';
  /** Stage and name of the state machine. */
  readonly stage: string;
  readonly workflow: string;
  /** State in which it shows first. Absent where no state does. */
  readonly state?: string;
  /** JSON path of the value in the output or in the object, for example `$.result.objects`. */
  readonly path?: string;
  /** Bucket and key of an object. */
  readonly object?: string;
  /** Value, status or error with all stages old, with all stages new, and in the mix; absent where there is none. */
  readonly old?: Json;
  readonly new?: Json;
  readonly mixed?: Json;
  /** Error and cause of the execution that failed in the mix. */
  readonly error?: string;
  readonly cause?: string;
  /** Value that the state misses, if its input shows it. */
  readonly missed?: MissedValue;
}

/** How the sample of a workload went with every mix of its old and new stages. */
export interface ContractCheck extends TenantInWave {
  readonly workload: string;
  /** Tenants and waves with stages of the same shape, which were not run for that reason. */
  readonly alike: readonly TenantInWave[];
  /** Stages that change, in the order in which they are deployed. */
  readonly changedStages: readonly string[];
  /**
   * `sample`: that of `local.ts`. `run`: as `crosswind start` runs it. `empty`: the workload has neither, its input is `{}`.
   *
   * @default - it was not run
   */
  readonly input?: 'sample' | 'run' | 'empty';
  /**
   * Status of the entry with all stages old, and with all stages new. An old entry that fails, perhaps because it does not
   * know the new sample, explains that the mixes with it fail.
   *
   * @default - it was not run
   */
  readonly entryStatus?: { readonly old: string; readonly new: string };
  /** True if `local.ts` of the change was used for the old stages, too. */
  readonly withNewSample: boolean;
  /** Mixes that were run, besides all old and all new. */
  readonly mixes: readonly Mix[];
  /** At most one for each mix; empty if old and new stages work together. */
  readonly differences: readonly ContractDifference[];
  /**
   * Why it could not be run. Then there are no differences.
   *
   * @default - it ran
   */
  readonly missing?: string;
}

/** Section Contract of a plan: one for each workload and shape of a change. */
export interface ContractChanges {
  readonly checks: readonly ContractCheck[];
}

/** Quantity or US dollars of a month: while nothing runs, and if every metric has data in each hour. */
export interface MonthlyRange {
  readonly least: number;
  readonly most: number;
}

/** An item of the monthly bill that changes. */
export interface CostChange {
  /** For example `CloudWatch`. */
  readonly service: string;
  /** For example `dashboards`. */
  readonly item: string;
  /** For example `dashboard and month`. */
  readonly unit: string;
  readonly quantity: { readonly before: MonthlyRange; readonly after: MonthlyRange };
  /** US dollars. */
  readonly cost: { readonly before: MonthlyRange; readonly after: MonthlyRange };
}

/** Section of the fixed cost: what a month costs before anything runs, at list prices of us-east-1 without the free tier. */
export interface FixedCostChange {
  readonly currency: 'USD';
  readonly total: { readonly before: MonthlyRange; readonly after: MonthlyRange };
  /** The largest difference first. */
  readonly items: readonly CostChange[];
}
