import type { JsonObject } from '@crosswind/aws/json';
import type { Environment } from '@crosswind/assembly/read-assembly';
import type { MetricQuery } from '../metric-query.ts';
import type { AlarmState, StateUpdate } from './alarm-state.ts';
import type { CompositeRule } from './composite-rule.ts';
import type { Criteria } from './judge.ts';

export interface MetricCriteria extends Criteria {
  readonly queries: readonly MetricQuery[];
  /** The query whose result is compared. */
  readonly watched: MetricQuery;
  readonly periodSeconds: number;
  readonly threshold: number;
  /** What breaching values are, e.g. `greater than the threshold`. */
  readonly comparison: string;
  /** How many data points must breach, where the alarm says so itself. */
  readonly datapointsGiven: boolean;
}

/** What an alarm watches: metrics, or other alarms. */
export type Watched =
  ({ readonly kind: 'metric' } & MetricCriteria) | { readonly kind: 'composite'; readonly rule: CompositeRule };

/** What has happened to an alarm. */
export type AlarmEvent =
  | { readonly kind: 'created'; readonly at: number }
  | { readonly kind: 'state'; readonly at: number; readonly from: StateUpdate; readonly to: StateUpdate }
  | {
      readonly kind: 'action';
      readonly at: number;
      readonly action: string;
      /** Why the topic was not told. */
      readonly refused?: string;
    };

/** An alarm as it was deployed, and what has become of it. */
export interface Alarm extends Environment {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly actionsEnabled: boolean;
  /** Topics that are told of a state, by ARN. */
  readonly actions: Readonly<Record<AlarmState, readonly string[]>>;
  readonly watched: Watched;
  /** As they were deployed. */
  readonly properties: JsonObject;
  readonly createdAt: number;
  state: StateUpdate;
  readonly history: AlarmEvent[];
  /** Whether it has looked at all that there is: without new values its state stays as it is. */
  settled: boolean;
}
