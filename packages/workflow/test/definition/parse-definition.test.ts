import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ExecutionType } from '../../src/definition/definition.ts';
import { parseDefinition } from '../../src/definition/parse-definition.ts';
import type { QueryLanguage } from '../../src/expressions/query.ts';

interface Refusal {
  readonly type?: ExecutionType;
  /** @default 'P' */
  readonly startAt?: string;
  readonly states: object;
  readonly problems: readonly string[];
}

const refusals = (file: string): [string, Refusal][] =>
  Object.entries(
    JSON.parse(readFileSync(new URL(`refusals/${file}`, import.meta.url), 'utf8')) as Record<string, Refusal>,
  );

const problemsOf = (definition: string | object, type?: ExecutionType): readonly string[] => {
  const parsed = parseDefinition(definition, type);
  return parsed.ok ? [] : parsed.problems;
};

const task = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true };
const inline = (processor: object): object => ({
  Type: 'Map',
  ItemProcessor: { StartAt: 'I', States: { I: { Type: 'Succeed' } }, ...processor },
  End: true,
});

const calling = (integration: string): object => ({
  P: { Type: 'Task', Resource: `arn:aws:states:::${integration}`, End: true },
});

describe.each<[QueryLanguage, string]>([
  ['JSONata', 'definitions.json'],
  ['JSONPath', 'jsonpath.json'],
])('what is refused in %s, by name', (language, file) => {
  test.each(refusals(file))('%s', (_, { type, startAt = 'P', states, problems }) => {
    expect(problemsOf({ QueryLanguage: language, StartAt: startAt, States: states }, type)).toEqual(problems);
  });
});

describe('what is refused', () => {
  test('text that is not JSON', () => {
    expect(problemsOf('{')).toEqual([expect.stringContaining('the definition is not JSON')]);
  });

  test.each([
    ['values', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['blocks', `${'{"States":{"P":{"Branches":['.repeat(3_000)}${']}}}'.repeat(3_000)}`],
  ])('%s that are nested without end', (_, text) => {
    expect(problemsOf(text)).toEqual(['the definition cannot be read: RangeError: nested deeper than 1000 levels']);
  });

  test.each([
    ['aws-sdk:nosuch:getItem', 'no AWS SDK integration has the service "nosuch" (supported-services-awssdk)'],
    ['aws-sdk:constructor:call', 'no AWS SDK integration has the service "constructor" (supported-services-awssdk)'],
    ['aws-sdk:dynamodb:frobnicate', 'aws-sdk:dynamodb has no action "frobnicate"'],
    ['aws-sdk:dynamodb:GetItem', 'aws-sdk:dynamodb has no action "GetItem"; write "getItem"'],
    ['aws-sdk:dynamoDB:getItem', 'no AWS SDK integration has the service "dynamoDB" (supported-services-awssdk)'],
    ['aws-sdk:lambda:invokeAsync', 'aws-sdk:lambda has no action "invokeAsync"'],
    ['aws-sdk:sqs:sendMessage.sync', 'aws-sdk:sqs:sendMessage takes no suffix, or .waitForTaskToken'],
    ['aws-sdk:sqs:sendMessage.wait', 'aws-sdk:sqs:sendMessage takes no suffix, or .waitForTaskToken'],
    ['sqs:sendMessage.sync', 'sqs:sendMessage takes no suffix, or .waitForTaskToken'],
    ['lambda:invoke.sync', 'lambda:invoke takes no suffix, or .waitForTaskToken'],
    ['dynamodb:putItem.waitForTaskToken', 'dynamodb:putItem takes no suffix'],
    ['batch:submitJob.waitForTaskToken', 'batch:submitJob takes no suffix, or .sync'],
    ['batch:submitJob.sync:2', 'batch:submitJob takes no suffix, or .sync'],
    ['sagemaker:createModel.sync', 'sagemaker:createModel takes no suffix'],
    ['states:startExecution.sync:3', 'states:startExecution takes no suffix, or .sync or .sync:2 or .waitForTaskToken'],
    [
      'states:startExecution.sync.waitForTaskToken',
      'states:startExecution takes no suffix, or .sync or .sync:2 or .waitForTaskToken',
    ],
  ])('the integration %s', (name, problem) => {
    expect(problemsOf({ StartAt: 'P', States: calling(name) })).toEqual([
      `States.P.Resource: The resource provided arn:aws:states:::${name} is not recognized: ${problem}`,
    ]);
  });

  test.each<[string, string]>([
    ['a state', '{"StartAt":"P","States":{"P":{"Type":"Pass","End":true},"P":{"Type":"Succeed"}}}'],
    ['a field', '{"StartAt":"P","States":{"P":{"Type":"Wait","Seconds":1,"Seconds":2,"End":true}}}'],
  ])('%s that is there twice, of which the first would be lost', (_, definition) => {
    expect(problemsOf(definition)).toEqual([
      expect.stringMatching(/^the definition has the key "(P|Seconds)" twice in one object; keep one of them$/),
    ]);
  });

  test.each(['_x', '1x', 'a-b', 'x'.repeat(81)])('a variable named %s', (name) => {
    const states = { P: { Type: 'Pass', Assign: { [name]: 1 }, End: true } };
    expect(problemsOf({ StartAt: 'P', States: states })).toEqual([
      `States.P.Assign.${name}: INVALID_VARIABLE_NAME: Invalid variable name '${name}': expected a letter, then letters, digits or _, at most 80`,
    ]);
  });

  const retried = (retrier: object): object => ({
    P: { ...task, Retry: [{ ErrorEquals: ['States.ALL'], ...retrier }] },
  });
  const mapped = (config: object, fields: object = {}): object => ({
    P: { ...inline({ ProcessorConfig: config }), ...fields },
  });

  test.each<[string, object, string]>([
    ['an attempt too many', retried({ MaxAttempts: 100_000_000 }), 'Retry[0].MaxAttempts: must be an integer'],
    ['a negative interval', retried({ IntervalSeconds: -1 }), 'Retry[0].IntervalSeconds: must be an integer'],
    ['an unknown jitter', retried({ JitterStrategy: 'HALF' }), 'Retry[0].JitterStrategy: must be "NONE" or "FULL"'],
    ['a delay of more than a year', retried({ MaxDelaySeconds: 31_622_401 }), 'Retry[0].MaxDelaySeconds: must be'],
    ['a task without time', { P: { ...task, TimeoutSeconds: 0 } }, 'TimeoutSeconds: must be an integer from 1'],
    ['a heartbeat as long as the task', { P: { ...task, TimeoutSeconds: 5, HeartbeatSeconds: 5 } }, 'HeartbeatSeconds'],
    ['a wait in two ways', { P: { Type: 'Wait', Seconds: 1, SecondsPath: '$.a', End: true } }, 'needs one of Seconds'],
    ['a share above all', mapped({}, { ToleratedFailurePercentage: 101 }), 'must be a number from 0 to 100'],
    [
      'an inline Map with a type',
      mapped({ Mode: 'INLINE', ExecutionType: 'STANDARD' }),
      'ExecutionType: unknown field',
    ],
    ['a Distributed Map without one', mapped({ Mode: 'DISTRIBUTED' }), 'ExecutionType: is missing'],
    ['a processor with a language', { P: inline({ QueryLanguage: 'JSONata' }) }, 'QueryLanguage: unknown field'],
    ['a catcher of a Pass', { P: { Type: 'Pass', Catch: [], End: true } }, 'Catch: unknown field'],
    ['a timeout of a Map', mapped({}, { TimeoutSeconds: 1 }), 'TimeoutSeconds: unknown field'],
    ['variables of a Succeed', { P: { Type: 'Succeed', Assign: {} } }, 'Assign: unknown field'],
    ['both ways on', { P: { Type: 'Pass', Next: 'P', End: true } }, 'needs either Next or End'],
    ['a field in another case', { P: { Type: 'Pass', resultPath: '$', End: true } }, 'resultPath: unknown field'],
  ])('%s', (_, states, problem) => {
    expect(problemsOf({ StartAt: 'P', States: states })[0]).toContain(problem);
  });

  test('another version, and a field of no machine', () => {
    const states = { P: { Type: 'Succeed' } };
    expect(problemsOf({ Version: '1.1', Colour: 1, StartAt: 'P', States: states })).toEqual([
      'Version: must be "1.0", got "1.1"',
      'Colour: unknown field (got 1)',
    ]);
  });

  test('everything at once', () => {
    const states = { P: { Type: 'Pass', Colour: 1, Next: 'Q', Output: '{% ( %}' } };
    expect(problemsOf({ QueryLanguage: 'JSONata', StartAt: 'P', States: states })).toHaveLength(3);
  });
});

describe('what is accepted', () => {
  const wind = {
    Comment: 'Analyses wind.',
    QueryLanguage: 'JSONata',
    StartAt: 'Analyse',
    TimeoutSeconds: 3600,
    States: {
      Analyse: {
        Type: 'Map',
        Label: 'Wind',
        ItemReader: {
          Resource: 'arn:aws:states:::s3:listObjectsV2',
          ReaderConfig: { Transformation: 'NONE', MaxItems: 1000 },
          Arguments: { Bucket: 'source', Prefix: 'gsod/' },
        },
        ItemBatcher: { MaxItemsPerBatch: 500, BatchInput: { bucket: 'source' } },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
          StartAt: 'Invoke',
          States: { Invoke: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true } },
        },
        MaxConcurrency: 1000,
        ToleratedFailurePercentage: 5,
        ResultWriter: {
          Resource: 'arn:aws:states:::s3:putObject',
          Arguments: { Bucket: 'results', Prefix: 'runs' },
          WriterConfig: { Transformation: 'COMPACT', OutputType: 'JSON' },
        },
        End: true,
      },
    },
  };

  test('an object', () => {
    expect(problemsOf(wind)).toEqual([]);
  });

  test('JSONPath, where nothing else is said, beside states of JSONata', () => {
    const states = {
      A: { Type: 'Pass', Parameters: { 'b.$': '$.a' }, Next: 'B' },
      B: { Type: 'Succeed', QueryLanguage: 'JSONata', Output: '{% $states.input.b %}' },
    };
    expect(problemsOf({ StartAt: 'A', States: states })).toEqual([]);
  });

  test.each([
    '{% $states.input.phone %}',
    '{% $states.input.items[phone > 3 and $ = 1] %}',
    '{% $map($states.input.a, function($x) { $x.phone }) %}',
    '{% $states.input.a^(b){c: d} %}',
    '{% $states.input ~> |a|{"b": c}| %}',
    '{% ($x := $states.input; $x.a.{"b": c}) %}',
    '{% $phone %}',
    ' {% phone %} ',
    'phone',
  ])('%s, whose names belong to values', (expression) => {
    const states = { P: { Type: 'Pass', Output: expression, End: true } };
    expect(problemsOf({ QueryLanguage: 'JSONata', StartAt: 'P', States: states })).toEqual([]);
  });

  test('reference paths in the input and in variables, wherever a number or a word is taken', () => {
    const states = {
      P: { Type: 'Wait', SecondsPath: "$.a[0].['b'] ", Next: 'T' },
      T: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', TimeoutSecondsPath: '$n.a', Next: 'F' },
      F: { Type: 'Fail', ErrorPath: '$.a.[0]', CausePath: "States.Format('{}', $$.Execution.Id)" },
    };
    expect(problemsOf({ StartAt: 'P', States: states })).toEqual([]);
  });

  const choice = (rule: object): object => ({
    P: { Type: 'Choice', Choices: [{ ...rule, Next: 'S' }], Default: 'S' },
    S: { Type: 'Succeed' },
  });
  const map = (fields: object): object => ({
    P: { Type: 'Map', ItemProcessor: { StartAt: 'I', States: { I: { Type: 'Succeed' } } }, ...fields, End: true },
  });

  // What fields take which paths: the sources are in src/expressions/jsonpath/path-fields.ts.
  test.each<[string, object]>([
    ['items in the context object', map({ ItemsPath: '$$.Execution.Input.list' })],
    ['items in a variable', map({ ItemsPath: "$list['a b'][0]" })],
    ['items with a dot before the bracket', map({ ItemsPath: '$.[0].a' })],
    [
      'a comparison with the context object',
      choice({ Variable: '$$.Execution.Name', StringEqualsPath: '$$.State.Name' }),
    ],
    ['a comparison with a variable', choice({ Variable: '$a[0]', NumericEqualsPath: '$b.c' })],
    ['a comparison with a variable of combined letters', choice({ Variable: '$e\u0301', IsNull: true })],
    ['input and output of many values', map({ InputPath: '$.a[*]', OutputPath: '$$..[?(@.b > 1)]' })],
    ['items that InputPath selects from many', map({ InputPath: '$.a[?(@.b > 1)]', ItemsPath: '$' })],
    ['a template of many values', map({ ResultSelector: { 'a.$': "$.[*].['a','b']" } })],
  ])('%s', (_, states) => {
    expect(problemsOf({ StartAt: 'P', States: states })).toEqual([]);
  });

  test.each<[string, object]>([
    ['a retry at once', { P: { ...task, Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 0 }] } }],
    ['the most attempts', { P: { ...task, Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 99_999_999 }] } }],
    ['comments everywhere', { P: { ...inline({ Comment: 'a' }), Comment: 'b', Retry: [], Catch: [] } }],
    [
      'variables of any letters',
      { P: { Type: 'Pass', Assign: { größe_1: 1, 'e\u0301': 2, ['x'.repeat(80)]: 3 }, End: true } },
    ],
    ['a processor without a mode', { P: inline({ ProcessorConfig: {} }) }],
    ['everything tolerated', { P: { ...inline({}), ToleratedFailurePercentage: 100, ToleratedFailureCount: 0 } }],
    ['a heartbeat shorter than the task', { P: { ...task, TimeoutSeconds: 5, HeartbeatSeconds: 4 } }],
  ])('%s', (_, states) => {
    expect(problemsOf({ Version: '1.0', StartAt: 'P', States: states })).toEqual([]);
  });

  test('a timeout of 0, as none', () => {
    const definition = { StartAt: 'P', TimeoutSeconds: 0, States: { P: { Type: 'Succeed' } } };
    expect(parseDefinition(definition)).toMatchObject({ ok: true, machine: { StartAt: 'P' } });
    expect(parseDefinition(definition)).not.toHaveProperty('machine.TimeoutSeconds');
    expect(parseDefinition({ ...definition, TimeoutSeconds: 1 })).toHaveProperty('machine.TimeoutSeconds', 1);
  });

  test('a loop that leads out', () => {
    const back = [{ Variable: '$.a', IsNull: true, Next: 'A' }];
    const states = {
      A: { Type: 'Pass', Next: 'B' },
      B: { Type: 'Choice', Choices: back, Default: 'C' },
      C: { Type: 'Fail' },
    };
    expect(problemsOf({ StartAt: 'A', States: states })).toEqual([]);
  });

  test.each([
    'dynamodb:updateItem',
    'sagemaker:createTrainingJob.sync',
    'codebuild:startBuild.sync',
    'bedrock:createModelCustomizationJob.sync',
    'bedrockagentcore:invokeHarness',
    'ecs:runTask.waitForTaskToken',
    'sqs:sendMessage.waitForTaskToken',
    'states:startExecution.sync',
    'states:startExecution.sync:2',
    'aws-sdk:dynamodb:query',
    'aws-sdk:rds:createDBInstance',
    'aws-sdk:sfn:startSyncExecution',
    'aws-sdk:config:startConfigRulesEvaluation',
    'aws-sdk:s3:listBuckets.waitForTaskToken',
  ])('the integration %s', (name) => {
    expect(problemsOf({ StartAt: 'P', States: calling(name) })).toEqual([]);
  });

  test('and its text', () => {
    expect(problemsOf(JSON.stringify(wind))).toEqual([]);
  });
});
