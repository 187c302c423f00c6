import type { Json, JsonObject } from '@crosswind/aws/json';
import type { Quotas } from '@crosswind/aws/quotas';
import type { Disturbance, Sandbox } from '@crosswind/sandbox/sandbox';
import type { LocalDeployment } from './local-deployment.ts';

/**
 * One fault in a sandbox on virtual time, and the exact set of alarms that it must raise. All times are whole minutes of
 * virtual time.
 */
export interface GameDay {
  /** In kebab-case, unique among all workloads, for example `stuck-parent`. */
  readonly name: string;
  /** Sentence about what is wrong, without a full stop. */
  readonly title: string;
  /** How a person fixes it, without a full stop. */
  readonly fix: string;
  /** In the order of their minutes. Minute 0 is when everything is deployed and new alarms have warmed up. */
  readonly steps: readonly GameStep[];
  /** Minute of the fault, from which the times of alarms count. */
  readonly faultAt: number;
  /**
   * Minute of the fix.
   *
   * @default - the fault passes by itself: alarms must be quiet again in time after the fault
   */
  readonly fixedAt?: number;
  /** Length of the game after minute 0. */
  readonly minutes: number;
  /** All alarms that it raises, each once; none for a fault that must stay quiet. */
  readonly raises: readonly RaisedAlarm[];
  /** Id of the claim with which `crosswind why` must name the fault first: before the fix, or at the end without one. */
  readonly because: string;
  /**
   * Time of the day, in UTC, at which the platform is deployed.
   *
   * @default 00:00
   */
  readonly opensAt?: `${number}:${number}`;
  /**
   * Minutes between the deployment and minute 0.
   *
   * @default 32 - longer than new alarms keep quiet, except those on late runs
   */
  readonly warmMinutes?: number;
}

/** Something that happens in a game. Steps of one minute happen in their order. */
export interface GameStep {
  readonly minute: number;
  readonly does: GameAction;
}

/** The earliest and the latest minute at which an alarm changes. */
export type Minutes = readonly [earliest: number, latest: number];

/** An alarm that a game must raise exactly once. */
export interface RaisedAlarm {
  readonly alarm: AlarmRef;
  /** When it goes into ALARM, in minutes after the fault. */
  readonly fires: Minutes;
  /** When it is quiet again, in minutes after the fix; after the fault in a game without one. */
  readonly clears: Minutes;
}

/** An alarm by what it watches. The functions that name alarms make its name. */
export type AlarmRef =
  /**
   * Of all accounts: the line of the account of a stage, which may be left out where only one line fires. `ofTenant` where the
   * line names the tenant of the game, too.
   */
  | { readonly fleet: string; readonly of?: string; readonly ofTenant?: true }
  /** Of a stage: on its workflow, or one of the workload's own. */
  | { readonly stage: string; readonly signal: string }
  /** Of the account of a stage. */
  | { readonly account: string; readonly signal: string }
  /** Of the schedule. */
  | { readonly schedule: string };

/** The stack of a stage, or of the probe in the account of a stage. */
export type GameStack = { readonly stage: string } | { readonly probeOf: string };

/** The tenant in a game: its stages, and objects of its buckets, without permissions. */
export interface GameDeployment extends Omit<LocalDeployment, 'storage'> {
  readonly storage: LocalDeployment['storage'] & Pick<Sandbox['storage'], 'bucket' | 'discard'>;
}

export type GameAction =
  /**
   * Starts executions of a stage, by default one of the entry, with the input of the sample; `workflow` names a further
   * workflow of the stage.
   */
  | {
      readonly kind: 'start';
      readonly stage?: string;
      readonly workflow?: string;
      readonly input?: Json;
      readonly times?: number;
    }
  /** Aborts the executions of a stage that run. */
  | { readonly kind: 'stop'; readonly stage: string }
  /** Takes a permission away: a fault of `--break` by its id. A stack update changes it, while everything runs. */
  | { readonly kind: 'break'; readonly fault: string }
  | { readonly kind: 'fix'; readonly fault: string }
  /**
   * Changes properties of a resource with a stack update. Objects are merged, null removes a property; a function gets the
   * properties as they are. The path is below the stack.
   */
  | {
      readonly kind: 'change';
      readonly in: GameStack;
      readonly path: string;
      readonly properties: JsonObject | ((before: JsonObject) => JsonObject);
      readonly title: string;
    }
  | { readonly kind: 'restore'; readonly in: GameStack; readonly path: string }
  /** Takes all messages out of a queue, as `aws sqs purge-queue` does. */
  | { readonly kind: 'empty-queue'; readonly in: GameStack; readonly path: string }
  /** Writes objects into buckets of the workload, or takes some out. */
  | {
      readonly kind: 'objects';
      readonly title: string;
      readonly change: (deployed: GameDeployment) => Promise<void> | void;
    }
  /** Deletes the links that share metrics of the account of a stage with the monitoring account. */
  | { readonly kind: 'cut-link'; readonly account: string }
  | { readonly kind: 'restore-link'; readonly account: string }
  /** Gives the account of a stage other quotas than `platform.yaml` states. */
  | { readonly kind: 'set-quotas'; readonly account: string; readonly quotas: Partial<Quotas>; readonly title: string }
  | { readonly kind: 'restore-quotas'; readonly account: string }
  /** Disturbs each invocation of a function, at a construct path below the stack. */
  | { readonly kind: 'disturb'; readonly in: GameStack; readonly path: string; readonly with: Disturbance }
  | { readonly kind: 'calm'; readonly in: GameStack; readonly path: string }
  /**
   * Deploys a stack of another team into the account of a stage, as its administrator. The template is in the form of
   * CloudFormation; names must differ from those of the platform.
   */
  | {
      readonly kind: 'neighbor';
      readonly account: string;
      readonly name: string;
      readonly template: JsonObject;
      readonly title: string;
    }
  | { readonly kind: 'remove-neighbor'; readonly account: string; readonly name: string }
  /** Loses the events that notify a parent of a child in its own account, or delivers them again. */
  | { readonly kind: 'lose-events' }
  | { readonly kind: 'deliver-events' }
  /** The schedule of the tenant fires once more for its last time, or loses its next one. */
  | { readonly kind: 'fire-again' }
  | { readonly kind: 'lose-next' };
