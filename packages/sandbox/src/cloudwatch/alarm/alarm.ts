import type { JsonObject } from '@crosswind/aws/json';
import type { Environment } from '@crosswind/assembly/read-assembly';
import type { MetricQuery } from '../metric-query.ts';
import type { AlarmState, StateUpdate } from './alarm-state.ts';
import type { CompositeRule } from './composite-rule.ts';
import type { Contributor } from './contributor.ts';
import type { EvaluationWindow } from './evaluation-window.ts';
import type { Criteria } from './judge.ts';
import type { WarmUp } from './warm-up.ts';

export interface MetricCriteria extends Criteria {
  readonly queries: readonly MetricQuery[];
  /** The query whose result is compared. */
  readonly watched: MetricQuery;
  readonly periodSeconds: number;
  readonly window: EvaluationWindow;
  /** @default - it is evaluated from its creation on */
  readonly warmUp?: WarmUp;
  readonly threshold: number;
  /** Description of breaching values, e.g. `greater than the threshold`. */
  readonly comparison: string;
  /** How many data points must breach, where the alarm says so itself. */
  readonly datapointsGiven: boolean;
}

/** Metrics or other alarms that an alarm watches. */
export type Watched =
  ({ readonly kind: 'metric' } & MetricCriteria) | { readonly kind: 'composite'; readonly rule: CompositeRule };

/** Event in the history of an alarm. */
export type AlarmEvent =
  | { readonly kind: 'created' | 'changed'; readonly at: number }
  | { readonly kind: 'state'; readonly at: number; readonly from: StateUpdate; readonly to: StateUpdate }
  | {
      readonly kind: 'action';
      readonly at: number;
      readonly action: string;
      /** Reason that the topic was not notified. */
      readonly refused?: string;
      /** @default - the action is the alarm's own */
      readonly contributor?: Contributor;
    }
  | { readonly kind: 'contributor'; readonly at: number; readonly contributor: Contributor; readonly to: StateUpdate };

/** An alarm as it was deployed, and what has become of it. */
export interface Alarm extends Environment {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly actionsEnabled: boolean;
  /** ARNs of the topics to notify, by the new state. */
  readonly actions: Readonly<Record<AlarmState, readonly string[]>>;
  readonly watched: Watched;
  /** As they were deployed. */
  readonly properties: JsonObject;
  readonly createdAt: number;
  state: StateUpdate;
  readonly history: AlarmEvent[];
  /** Time series in ALARM, by their id; empty for an alarm that does not group a query. */
  readonly contributors: Map<string, Contributor>;
  /** True if the query of the alarm goes through a part of its metrics or lines only (EvaluationState PARTIAL_DATA). */
  isPartial: boolean;
  /** The end of its warm-up period; in the past if it has none, or no more. */
  warmUntil: number;
  /** When the state can change next without new values; infinite if it cannot. */
  dueAt: number;
  /** The end of the periods that were evaluated last. */
  evaluatedTo: number;
}
