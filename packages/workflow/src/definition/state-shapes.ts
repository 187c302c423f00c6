import type { ExecutionType } from './definition.ts';
import { notBoth } from './dialect.ts';
import type { Dialect } from './dialect.ts';
import { isActivity } from '../execution/history.ts';
import { isArray, isObject } from '@crosswind/aws/json';
import type { JsonObject } from '@crosswind/aws/json';
import { MAX_SECONDS } from '../limits.ts';
import { allOf, anything, integer, listOf, number, oneOf, record, rule, text, timestamp, yes } from './shape.ts';
import type { Check, Fields } from './shape.ts';
import { taskResource } from './task-resource.ts';

/** Checks the states inside a branch or an item processor, which run in an execution of this type. */
export type BlockCheck = (type: ExecutionType) => Check;

/** Makes the check of a type of state. */
export type StateShape = (dialect: Dialect, type: ExecutionType, block: BlockCheck) => Check;

export const common = (dialect: Dialect): Fields => ({ Type: text, Comment: text, ...dialect.common });
export const moving: Fields = { Next: text, End: yes };

/** `States.ALL` stands alone, in the last retrier or catcher. */
const wildcardLast: Check = (value, path) => {
  const lists = isArray(value) ? value.map((each) => (isObject(each) ? each['ErrorEquals'] : undefined)) : [];
  return lists.flatMap((errors, i) => {
    if (!isArray(errors) || !errors.includes('States.ALL')) return [];
    const place = `${path}[${i}].ErrorEquals`;
    return [
      ...(errors.length > 1 ? [`${place}: States.ALL must stand alone`] : []),
      ...(i < lists.length - 1 ? [`${place}: States.ALL must be the last of ${path}`] : []),
    ];
  });
};

/** AWS takes an interval of 0, as measured (badmintoncryer/cdk-preflight, pf-sfn-asl-numeric-ranges, 2026-09-05). */
const retrier = record(
  { ErrorEquals: listOf(text, 1) },
  {
    Comment: text,
    IntervalSeconds: integer(0, MAX_SECONDS),
    MaxAttempts: integer(0, MAX_SECONDS),
    BackoffRate: number(1),
    MaxDelaySeconds: integer(1, 31_622_400),
    JitterStrategy: oneOf('NONE', 'FULL'),
  },
);

const catcher = ({ assign, language, filtered, result }: Dialect): Check =>
  record(
    { ErrorEquals: listOf(text, 1), Next: text },
    { Comment: text, ...assign, ...(language === 'JSONata' ? filtered : result) },
  );

export const recovering = (dialect: Dialect): Fields => ({
  Retry: allOf(listOf(retrier), wildcardLast),
  Catch: allOf(listOf(catcher(dialect)), wildcardLast),
});

export const pass: StateShape = (dialect) =>
  record(
    {},
    {
      ...common(dialect),
      ...moving,
      ...dialect.filtered,
      ...dialect.assign,
      ...dialect.result,
      ...(dialect.language === 'JSONPath' && { ...dialect.arguments, Result: anything }),
    },
  );

/** Fields that Task, Parallel and Map share. */
export const working = (dialect: Dialect): Fields => ({
  ...common(dialect),
  ...moving,
  ...dialect.filtered,
  ...dialect.assign,
  ...dialect.result,
  ...dialect.selected,
  ...recovering(dialect),
});

/**
 * True unless both values are literals and the heartbeat is not shorter than the timeout. The value of a path or an
 * expression is checked when it is known (state-task, "HeartbeatSeconds").
 */
const beatsInTime = ({ TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat }: JsonObject): boolean =>
  typeof timeout !== 'number' || typeof heartbeat !== 'number' || heartbeat < timeout;

export const task: StateShape = (dialect, type) =>
  allOf(
    record(
      { Resource: taskResource(type) },
      {
        ...working(dialect),
        ...dialect.arguments,
        ...dialect.valued('TimeoutSeconds', integer(1, MAX_SECONDS)),
        ...dialect.valued('HeartbeatSeconds', integer(1, MAX_SECONDS)),
        Credentials: dialect.credentials,
      },
    ),
    notBoth('TimeoutSeconds', 'HeartbeatSeconds'),
    rule(beatsInTime, 'HeartbeatSeconds must be smaller than TimeoutSeconds'),
    rule(
      ({ Resource, Credentials }) => Credentials === undefined || typeof Resource !== 'string' || !isActivity(Resource),
      'an activity takes no Credentials',
    ),
  );

export const choice: StateShape = (dialect) => {
  const rules = dialect.choiceRule({ Comment: text, ...dialect.assign }, { Next: text });
  return record(
    { Choices: listOf(rules, 1) },
    { ...common(dialect), ...dialect.filtered, ...dialect.assign, Default: text },
  );
};

const WAITS = ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'];

export const wait: StateShape = (dialect) =>
  allOf(
    record(
      {},
      {
        ...common(dialect),
        ...moving,
        ...dialect.filtered,
        ...dialect.assign,
        ...dialect.valued('Seconds', integer(0, MAX_SECONDS)),
        ...dialect.valued('Timestamp', timestamp),
      },
    ),
    rule(
      (state) => WAITS.filter((field) => field in state).length === 1,
      dialect.language === 'JSONata' ? 'needs either Seconds or Timestamp' : `needs one of ${WAITS.join(', ')}`,
    ),
  );

export const succeed: StateShape = (dialect) => record({}, { ...common(dialect), ...dialect.filtered });

export const fail: StateShape = (dialect) =>
  allOf(
    record({}, { ...common(dialect), ...dialect.words('Error'), ...dialect.words('Cause') }),
    notBoth('Error', 'Cause'),
  );

export const parallel: StateShape = (dialect, type, block) =>
  record(
    { Branches: listOf(allOf(record(BLOCK, { Comment: text }), block(type)), 1) },
    { ...working(dialect), ...dialect.arguments },
  );

/** `States` is looked into by the block check. */
export const BLOCK: Fields = { StartAt: text, States: anything };
