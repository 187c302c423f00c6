/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html */
export type AlarmState = 'ALARM' | 'INSUFFICIENT_DATA' | 'OK';

/** Treatment of a period without a value. */
export type MissingData = 'breaching' | 'notBreaching' | 'ignore' | 'missing';

/** Condition of an alarm. */
export type AlarmRule =
  | {
      readonly kind: 'metric';
      /** Metric with its statistic, or an expression. */
      readonly metric: string;
      readonly periodSeconds: number;
      readonly evaluationPeriods: number;
      readonly datapointsToAlarm: number;
      /** For example `greater than or equal to the threshold`. */
      readonly comparison: string;
      readonly threshold: number;
      readonly missing: MissingData;
    }
  | { readonly kind: 'composite'; readonly rule: string };

/** Event of an alarm; times are milliseconds since the epoch. */
export type AlarmEvent =
  | { readonly kind: 'created' | 'changed'; readonly at: number }
  | {
      readonly kind: 'state';
      readonly at: number;
      readonly to: AlarmState;
      readonly reason: string;
      /** Data points that CloudWatch names as the reason, the oldest first; none if it names none. */
      readonly points: readonly (readonly [at: number, value: number])[];
    }
  | {
      readonly kind: 'contributor';
      readonly at: number;
      /** Values of the labels of its time series. */
      readonly name: string;
      readonly to: AlarmState;
      readonly reason: string;
    }
  | {
      readonly kind: 'action';
      readonly at: number;
      /** ARN of the topic. */
      readonly action: string;
      /** Why the topic did not get it; null if it did. */
      readonly refused: string | null;
      /** The time series that it is about; null for the alarm itself. */
      readonly contributor: string | null;
    };

/** An alarm of an account with its history, from which its state at any time follows. */
export interface AlarmModel {
  readonly arn: string;
  readonly name: string;
  /** Account in which it is deployed. */
  readonly account: string;
  readonly region: string;
  /** Accounts whose metrics it watches by name; empty for a query of all. */
  readonly watches: readonly string[];
  readonly description: string;
  readonly rule: AlarmRule;
  readonly actionsEnabled: boolean;
  /** ARNs of topics by the state that they hear of. */
  readonly actions: Readonly<Record<AlarmState, readonly string[]>>;
  readonly createdAt: number;
  /** The oldest first. */
  readonly history: readonly AlarmEvent[];
}

/** The alarms that were there, with what had become of them. */
export const alarmsAt = (alarms: readonly AlarmModel[], at: number): readonly AlarmModel[] =>
  alarms
    .filter(({ createdAt, history }) => Math.min(createdAt, history[0]?.at ?? createdAt) <= at)
    .map((alarm) => ({ ...alarm, history: alarm.history.filter((event) => event.at <= at) }));

type StateEvent = Extract<AlarmEvent, { readonly kind: 'state' }>;

/** The last change of an alarm's state; undefined if it was not evaluated yet, or never left its first state. */
export const lastState = ({ history }: Pick<AlarmModel, 'history'>): StateEvent | undefined =>
  history.findLast((event) => event.kind === 'state');

/** State of an alarm. */
export const stateOf = (alarm: Pick<AlarmModel, 'history'>): AlarmState => lastState(alarm)?.to ?? 'INSUFFICIENT_DATA';

/** Time series of an alarm that are in ALARM, in the order in which they came. */
export function contributorsOf({ history }: Pick<AlarmModel, 'history'>) {
  const last = new Map<string, Extract<AlarmEvent, { readonly kind: 'contributor' }>>();
  for (const event of history) if (event.kind === 'contributor') last.set(event.name, event);
  return [...last.values()].filter(({ to }) => to === 'ALARM');
}

/** States in the order in which a person needs them. */
export const alarmStates: readonly AlarmState[] = ['ALARM', 'INSUFFICIENT_DATA', 'OK'];

/** Alarms in ALARM before others, of each state the latest change first. */
export const byUrgency = (alarms: readonly AlarmModel[]): readonly AlarmModel[] =>
  alarms
    .map((alarm) => ({ alarm, place: alarmStates.indexOf(stateOf(alarm)), at: lastState(alarm)?.at ?? 0 }))
    .sort((one, other) => one.place - other.place || other.at - one.at)
    .map(({ alarm }) => alarm);

/** Item of an alarm in an address: its account, Region and name, since names are those of an account in a Region. */
export const alarmItem = ({ account, region, name }: Pick<AlarmModel, 'account' | 'region' | 'name'>): string =>
  `${account}/${region}/${name}`;

/** The alarm of an address: by account, Region and name, or by its name alone. */
export const alarmOfItem = (alarms: readonly AlarmModel[], item: string | undefined): AlarmModel | undefined =>
  alarms.find((alarm) => alarmItem(alarm) === item) ?? alarms.find(({ name }) => name === item);

/** True for an alarm that watches an account by name, or is deployed in it. */
export const isAlarmOf = ({ account, watches }: AlarmModel, id: string): boolean =>
  account === id || watches.includes(id);
