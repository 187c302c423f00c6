import fc from 'fast-check';
import type { Json, JsonObject } from '@crosswind/aws/json';

type Fields = fc.Arbitrary<JsonObject>;

/** Mostly what is right, seldom what is not. */
const mostly = <Item>(right: fc.Arbitrary<Item>, wrong: fc.Arbitrary<Item>): fc.Arbitrary<Item> =>
  fc.oneof({ weight: 40, arbitrary: right }, { weight: 1, arbitrary: wrong });

/** Any JSON, as JSON keeps it. */
const anything = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as Json);

const some = (fields: Readonly<Record<string, fc.Arbitrary<Json>>>): Fields =>
  fc.record(fields, { requiredKeys: [] }) as Fields;

const all = (...parts: readonly Fields[]): Fields =>
  fc.tuple(...parts).map((fields) => Object.assign({}, ...fields) as JsonObject);

const expression = mostly(
  fc.constantFrom<Json>(
    ...[1, 'wind', null, [1, 2, 3], { knots: 12 }],
    ...['{% $states.input %}', '{% $states.input.a %}', '{% $states.input.a + 1 %}', '{% [1..3] %}'],
    ...['{% $count($states.input) %}', '{% $states.context.State.Name %}', '{% $error("gust") %}'],
    '{% ( $f := function($n) { $n <= 1 ? 1 : $n * $f($n - 1) }; $f(5) ) %}',
  ),
  fc.oneof(fc.constantFrom<Json>('{% %}', '{% 1 +'), anything),
);

const path = mostly(
  fc.constantFrom<Json>('$', '$', '$.a', '$.b[0]', '$..a', '$.a[?(@.b > 1)]', '$$.State.Name'),
  fc.constantFrom<Json>('$.', '', 'a', 7),
);
const reference = mostly(fc.constantFrom<Json>('$', '$.a', '$.c.d', null), fc.constant<Json>('$..a'));

const template = mostly(
  fc.constantFrom<Json>(
    { 'knots.$': '$.a' },
    { 'sum.$': 'States.MathAdd($.a, 1)' },
    { 'text.$': "States.Format('{} knots', $.a)" },
    { 'list.$': 'States.ArrayRange(1, 9, 2)' },
    { 'all.$': '$', 'id.$': 'States.UUID()' },
    { a: 1, b: [2, { c: 3 }] },
  ),
  fc.constantFrom<Json>({ 'bad.$': 'States.Blow($.a)' }, { 'a.$': 7 }),
);

const condition = fc.constantFrom<JsonObject>(
  { Variable: '$.a', NumericEquals: 3 },
  { Variable: '$.a', NumericGreaterThanPath: '$.b[1]' },
  { Variable: '$.a', StringMatches: 'w*' },
  { Not: { Variable: '$.a', IsPresent: true } },
  {
    And: [
      { Variable: '$.b', IsNull: false },
      { Variable: '$.a', IsNumeric: true },
    ],
  },
);

const retriers = fc.constantFrom<Json>(
  [{ ErrorEquals: ['States.ALL'], MaxAttempts: 2, IntervalSeconds: 1 }],
  [{ ErrorEquals: ['Gust', 'States.Timeout'], BackoffRate: 1.5, MaxDelaySeconds: 5, JitterStrategy: 'FULL' }],
  [{ ErrorEquals: ['States.TaskFailed'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] }],
);

const recovering = (names: readonly string[]): Fields =>
  some({
    Retry: retriers,
    ...(names.length > 0 && { Catch: catcher(names) }),
  });

const catcher = (names: readonly string[]): fc.Arbitrary<Json> =>
  fc
    .tuple(fc.constantFrom('States.ALL', 'Gust', 'States.TaskFailed'), fc.constantFrom(...names))
    .map(([error, Next]): Json => [{ ErrorEquals: [error], Next }]);

const invoke: Fields = fc.constant({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' });
const type = (Type: string): Fields => fc.constant({ Type });

/** A Choice, where there is somewhere to go. */
const choices = (condition: Fields, names: readonly string[]): readonly Fields[] =>
  names.length === 0
    ? []
    : [
        fc
          .tuple(condition, fc.constantFrom(...names), fc.constantFrom(...names))
          .map(([rule, Next, Default]): JsonObject => ({ Type: 'Choice', Choices: [{ ...rule, Next }], Default })),
      ];

/** Where a block is: how much deeper blocks may go, and what its states are called, with a number each. */
interface Place {
  readonly depth: number;
  readonly prefix: string;
}

/** The place of a block inside of a state of another. */
const under = ({ depth, prefix }: Place, more = ''): Place => ({ depth: depth - 1, prefix: `${prefix}${more}.` });

const branches = (place: Place): Fields =>
  fc.tuple(block(under(place, 'a')), block(under(place, 'b'))).map((machines): JsonObject => ({ Branches: machines }));
const processed = (machine: JsonObject): JsonObject => ({ ItemProcessor: machine });
const distributed = (machine: JsonObject): JsonObject => ({
  ItemProcessor: { ...machine, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
});

function jsonata(names: readonly string[], next: Fields, place: Place): fc.Arbitrary<JsonObject> {
  const common = some({
    Output: expression,
    Assign: fc.constantFrom<Json>({ [`x${place.depth}`]: 1 }, { [`x${place.depth}`]: '{% $states.input %}' }),
  });
  const working = all(next, common, recovering(names));
  const items = some({
    Items: fc.constantFrom<Json>([1, 2], '{% $states.input.b %}', []),
    MaxConcurrency: fc.constantFrom<Json>(0, 1, 2),
    ItemSelector: expression,
  });
  const conditions = fc.constantFrom<JsonObject>(
    { Condition: '{% true %}' },
    { Condition: '{% $states.input.a = 3 %}' },
    { Condition: '{% 7 %}' },
  );
  const plain = [
    all(type('Pass'), next, common),
    all(invoke, working, some({ Arguments: expression, TimeoutSeconds: fc.constantFrom<Json>(1, 60, '{% 2 %}') })),
    all(type('Wait'), next, fc.constantFrom<JsonObject>({ Seconds: 5 }, { Seconds: '{% 1 + 1 %}' })),
    ...choices(conditions, names),
    ...(names.length > 0
      ? []
      : [all(type('Fail'), some({ Error: fc.constant('Gust'), Cause: fc.constant('{% "too " & "strong" %}') }))]),
  ];
  const tolerant = some({
    ToleratedFailurePercentage: fc.constantFrom(0, 50, 100),
    ItemBatcher: fc.constant({ MaxItemsPerBatch: 2 }),
  });
  return fc.oneof(
    ...plain,
    ...(place.depth === 0
      ? []
      : [
          all(type('Parallel'), working, branches(place)),
          all(type('Map'), working, items, block(under(place)).map(processed)),
          all(type('Map'), working, items, tolerant, block(under(place)).map(distributed)),
        ]),
  );
}

function jsonpath(names: readonly string[], next: Fields, place: Place): fc.Arbitrary<JsonObject> {
  const common = some({ InputPath: path, OutputPath: path, ResultPath: reference });
  const working = all(next, common, some({ ResultSelector: template }), recovering(names));
  const items = some({ ItemsPath: fc.constantFrom('$.b', '$'), ItemSelector: template });
  const plain = [
    all(type('Pass'), next, common, some({ Parameters: template })),
    all(type('Pass'), next, common, some({ Result: anything })),
    all(invoke, working, some({ Parameters: template, TimeoutSeconds: fc.constantFrom<Json>(1, 60) })),
    all(type('Wait'), next, fc.constantFrom<JsonObject>({ SecondsPath: '$.a' }, { Timestamp: '2026-01-01T00:01:00Z' })),
    ...choices(condition, names),
    ...(names.length > 0 ? [] : [all(type('Succeed'), some({ InputPath: path }))]),
  ];
  return fc.oneof(
    ...plain,
    ...(place.depth === 0
      ? []
      : [
          all(type('Parallel'), working, branches(place)),
          all(type('Map'), working, items, block(under(place)).map(processed)),
          all(type('Map'), working, items, block(under(place)).map(distributed)),
        ]),
  );
}

/** States in sequence, with jumps between them. Their names begin with the name of the state that contains them. */
function block({ depth, prefix }: Place): fc.Arbitrary<JsonObject> {
  return fc.integer({ min: 1, max: 4 }).chain((count) => {
    const names = Array.from({ length: count }, (_, at) => `${prefix}${at}`);
    const states = names.map((name, at) => {
      const place = { depth, prefix: name };
      const following = names[at + 1];
      const next = fc.constant<JsonObject>(following === undefined ? { End: true } : { Next: following });
      // Seldom back, because a loop runs until the history is full.
      const ways = mostly<readonly string[]>(
        fc.constant(following === undefined ? [] : [following]),
        fc.constant(names),
      );
      return ways.chain((to) =>
        fc.oneof(
          jsonpath(to, next, place).map((state): JsonObject => ({ ...state, QueryLanguage: 'JSONPath' })),
          jsonata(to, next, place).map((state): JsonObject => ({ ...state, QueryLanguage: 'JSONata' })),
        ),
      );
    });
    return fc.tuple(...states).map((drawn): JsonObject => ({
      StartAt: names[0] ?? '',
      States: Object.fromEntries(names.map((name, at) => [name, drawn[at] ?? null])),
    }));
  });
}

/** A definition that may be right; whether it is, its parser says. */
export const definitions: fc.Arbitrary<JsonObject> = fc
  .tuple(block({ depth: 2, prefix: 'S' }), some({ TimeoutSeconds: fc.constant(100) }))
  .map(([machine, timeout]) => ({ ...machine, ...timeout }));

/** Any definition with any value put into any place of it. */
export const damaged: fc.Arbitrary<Json> = fc
  .tuple(definitions, fc.nat(), anything)
  .map(([definition, place, value]) => {
    let places = 0;
    JSON.stringify(definition, (_, each: unknown) => (places++, each));
    let at = 0;
    return JSON.parse(JSON.stringify(definition, (_, each: Json) => (at++ === place % places ? value : each))) as Json;
  });

/** Answers of tasks, by state. */
export const answers: fc.Arbitrary<Readonly<Record<string, Json>>> = fc.dictionary(
  fc.constantFrom('S0', 'S1', 'S2', 'S0.0', 'S0.1', 'S0a.0', 'S0b.0', 'S0.0.0'),
  fc.constantFrom<Json>([{ output: { a: 3, b: [1, 2] } }], [{ error: 'Gust', cause: 'strong' }]),
);
