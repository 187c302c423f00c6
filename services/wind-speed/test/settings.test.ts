import { describe, expect, test } from 'vitest';
import { distributedMapsOf } from '@crosswind/assembly/distributed-maps';
import { statesOf } from '@crosswind/assembly/cross-account-starts';
import { type Stack } from '@crosswind/assembly/resolve';
import { stateMachinesOf } from '@crosswind/assembly/state-machines';
import { type Json, type JsonObject, listOf, objectOf } from '@crosswind/aws/json';
import { type WindSpeedSettings, contract } from '../contract.ts';
import { childWith, parentWith } from './built.ts';

const defaults: WindSpeedSettings = contract.settings.parse({});
const others: WindSpeedSettings = {
  batchSize: 7,
  maxConcurrency: 8,
  toleratedFailurePercentage: 9,
  memoryMegabytes: 1100,
  years: [1999, 2001],
  logRetentionDays: 90,
  partialRetentionDays: 3,
  resultRetentionDays: 30,
};

const built = (settings: WindSpeedSettings) => ({
  child: childWith(settings).stack,
  parent: parentWith(settings).stack,
});
type Built = ReturnType<typeof built>;
const shipped = built(defaults);
const changed = built(others);

function map({ child }: Built): JsonObject {
  const [machine] = stateMachinesOf(child).filter((candidate) => distributedMapsOf(candidate).length > 0);
  const states = machine ? statesOf(machine.definition) : [];
  return objectOf(states.find(([name]) => name === 'Analyze objects')?.[1]);
}

/** Of the map, and of what the parent passes on: each where the input names no other. */
const batchSizes = ({ child, parent }: Built): Json =>
  [child, parent].map(
    (stack) => /input\.batchSize : (\d+) %/.exec(JSON.stringify(stateMachinesOf(stack)))?.[1] ?? null,
  );

const properties = (stack: Stack, type: string, path = ''): readonly JsonObject[] =>
  stack.resources
    .filter((resource) => resource.type === type && resource.path.includes(path))
    .map((resource) => resource.properties);

const retentions = (stack: Stack): readonly Json[] => [
  ...new Set(properties(stack, 'AWS::Logs::LogGroup').map((group) => group['RetentionInDays'] ?? null)),
];

function expirations({ child }: Built, prefixes: RegExp): Json {
  const [results = {}] = properties(child, 'AWS::S3::Bucket', '/Results/');
  const rules = listOf(objectOf(results['LifecycleConfiguration'])['Rules']).map(objectOf);
  return Object.fromEntries(
    rules.flatMap(({ Prefix, ExpirationInDays = null }) =>
      typeof Prefix === 'string' && prefixes.test(Prefix) ? [[Prefix, ExpirationInDays]] : [],
    ),
  );
}

const years = ({ child }: Built): string =>
  stateMachinesOf(child)
    .flatMap(({ definition }) => /: (\[[\d,]*\]) %/.exec(JSON.stringify(definition))?.[1] ?? [])
    .join();

describe('a setting has its effect, and its default:', () => {
  test.each<[keyof WindSpeedSettings, (of: Built) => Json, Json, Json]>([
    ['batchSize', batchSizes, ['500', '500'], ['7', '7']],
    ['maxConcurrency', (of) => map(of)['MaxConcurrency'] ?? null, 1000, 8],
    ['toleratedFailurePercentage', (of) => map(of)['ToleratedFailurePercentage'] ?? null, 5, 9],
    [
      'memoryMegabytes',
      ({ child }) => properties(child, 'AWS::Lambda::Function', '/Analyze/')[0]?.['MemorySize'] ?? null,
      1024,
      1100,
    ],
    ['years', years, '[2022]', '[1999,2001]'],
    ['logRetentionDays', ({ child, parent }) => [retentions(child), retentions(parent)], [[30], [30]], [[90], [90]]],
    [
      'partialRetentionDays',
      (of) => expirations(of, /^(partials|map-runs)\//),
      { 'partials/': 14, 'map-runs/': 14 },
      { 'partials/': 3, 'map-runs/': 3 },
    ],
    ['resultRetentionDays', (of) => expirations(of, /^executions\//), { 'executions/': 365 }, { 'executions/': 30 }],
  ])('%s', (_, read, byDefault, otherwise) => {
    expect(read(shipped)).toEqual(byDefault);
    expect(read(changed)).toEqual(otherwise);
  });

  test('every setting is in the table above', () => {
    expect(Object.keys(others).sort()).toEqual(Object.keys(defaults).sort());
  });

  test.each([7, 30, 90, 365] as const)('logRetentionDays %i', (logRetentionDays) => {
    expect(retentions(parentWith({ ...defaults, logRetentionDays }).stack)).toEqual([logRetentionDays]);
  });
});
