import type { ExecutionType } from './definition.ts';
import { isArray, isObject } from './json.ts';
import { MAX_SECONDS } from './limits.ts';
import {
  allOf,
  flag,
  integer,
  listOf,
  matching,
  number,
  oneOf,
  orExpression,
  record,
  refused,
  rule,
  show,
  template,
  templateObject,
  text,
  unsupported,
  within,
  yes,
} from './shape.ts';
import type { Check, Fields } from './shape.ts';
import { parseTimestamp } from './timestamp.ts';

/** Checks the states inside a branch or an item processor, which run in an execution of this type. */
export type BlockCheck = (type: ExecutionType) => Check;

/** Fields that belong to JSONPath: a JSONata state that has one is a mistake. */
const JSONPATH: Fields = Object.fromEntries(
  [
    ['InputPath', 'OutputPath', 'ResultPath', 'ResultSelector', 'Parameters', 'Result', 'ItemsPath', 'SecondsPath'],
    ['TimestampPath', 'TimeoutSecondsPath', 'HeartbeatSecondsPath', 'MaxConcurrencyPath', 'ErrorPath', 'CausePath'],
    ['ToleratedFailureCountPath', 'ToleratedFailurePercentagePath'],
  ]
    .flat()
    .map((field) => [field, refused('is a JSONPath field, but this state uses JSONata')]),
);

export const common: Fields = { Type: text, Comment: text, QueryLanguage: oneOf('JSONata'), ...JSONPATH };

const variables: Check = (value, path) => [
  ...templateObject(value, path),
  ...Object.keys(isObject(value) ? value : {})
    .filter((name) => name === 'states' || !/^[\p{L}_][\p{L}\p{N}_]{0,79}$/u.test(name))
    .map((name) => `${within(path, name)}: cannot be the name of a variable`),
];

export const leaving: Fields = { Output: template, Assign: variables };
export const moving: Fields = { ...leaving, Next: text, End: yes };

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

const retrier = record(
  { ErrorEquals: listOf(text, 1) },
  {
    Comment: text,
    IntervalSeconds: integer(1, MAX_SECONDS),
    MaxAttempts: integer(0, MAX_SECONDS),
    BackoffRate: number(1),
    MaxDelaySeconds: integer(1, 31_622_400),
    JitterStrategy: oneOf('NONE', 'FULL'),
  },
);

const catcher = record({ ErrorEquals: listOf(text, 1), Next: text }, { Comment: text, ...leaving });

export const recovering: Fields = {
  Retry: allOf(listOf(retrier), wildcardLast),
  Catch: allOf(listOf(catcher), wildcardLast),
};

const SYNC = /\.sync(:\d+)?$/;

const taskResource =
  (type: ExecutionType): Check =>
  (value, path) => {
    if (typeof value !== 'string') return text(value, path);
    if (value.endsWith('.waitForTaskToken') || value.includes(':activity:')) return unsupported(value, path);
    if (type === 'EXPRESS' && SYNC.test(value)) return refused('cannot be used in an Express workflow')(value, path);
    return [];
  };

export const pass = record({}, { ...common, ...moving });

export const task = (type: ExecutionType): Check =>
  record(
    { Resource: taskResource(type) },
    {
      ...common,
      ...moving,
      ...recovering,
      Arguments: template,
      TimeoutSeconds: orExpression(integer(1, MAX_SECONDS)),
      HeartbeatSeconds: unsupported,
      Credentials: record({ RoleArn: orExpression(matching(/^arn:/, 'the ARN of a role')) }),
    },
  );

const choiceRule = record({ Condition: orExpression(flag), Next: text }, { Comment: text, ...leaving });

export const choice = record({ Choices: listOf(choiceRule, 1) }, { ...common, ...leaving, Default: text });

const timestamp: Check = (value, path) =>
  typeof value === 'string' && parseTimestamp(value) !== undefined
    ? []
    : [`${path}: must be a moment like "2026-01-31T12:00:00Z", got ${show(value)}`];

export const wait = allOf(
  record(
    {},
    { ...common, ...moving, Seconds: orExpression(integer(0, MAX_SECONDS)), Timestamp: orExpression(timestamp) },
  ),
  rule((state) => 'Seconds' in state !== 'Timestamp' in state, 'needs either Seconds or Timestamp'),
);

export const succeed = record({}, { ...common, ...leaving });

const words: Check = allOf(text, template);
export const fail = record({}, { ...common, Error: words, Cause: words });

export const parallel = (type: ExecutionType, block: BlockCheck): Check =>
  record(
    { Branches: listOf(allOf(record(BLOCK, { Comment: text }), block(type)), 1) },
    { ...common, ...moving, ...recovering, Arguments: template },
  );

/** `States` is looked into by the block check. */
export const BLOCK: Fields = { StartAt: text, States: () => [] };
