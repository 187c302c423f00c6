import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { crossAccountStarts, statesOf } from '../src/cross-account-starts.ts';
import { distributedMapsOf } from '../src/distributed-maps.ts';
import { resolveStacks } from '../src/resolve.ts';
import { stateMachinesOf } from '../src/state-machines.ts';
import type { JsonObject } from '@crosswind/aws/json';
import { assembled } from '../src/testing/assembled.ts';

function machines(properties: JsonObject, region?: string) {
  const It = { Type: 'AWS::StepFunctions::StateMachine', Properties: { StateMachineName: 'it', ...properties } };
  return resolveStacks([assembled({ Resources: { It } }, region === undefined ? {} : { region })]);
}
const machineOf = (properties: JsonObject) => machines(properties).flatMap(stateMachinesOf)[0];

describe('a state machine', () => {
  test.each([
    ['DefinitionString', { DefinitionString: '{"StartAt":"A"}' }],
    ['Definition', { Definition: { StartAt: 'A' } }],
  ])('is read from %s', (_, properties) => {
    expect(machineOf(properties)).toEqual({
      name: 'it',
      arn: 'arn:aws:states:eu-west-1:111111111111:stateMachine:it',
      roleArn: '',
      account: '111111111111',
      region: 'eu-west-1',
      type: 'STANDARD',
      definition: { StartAt: 'A' },
      logGroupArn: undefined,
      traced: false,
    });
  });

  const logs = { Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: 'arn:logs' } }] };
  test.each<[string, JsonObject, object]>([
    ['is an Express one', { StateMachineType: 'EXPRESS' }, { type: 'EXPRESS' }],
    ['is traced', { TracingConfiguration: { Enabled: true } }, { traced: true }],
    ['logs', { LoggingConfiguration: { Level: 'ALL', ...logs } }, { logGroupArn: 'arn:logs' }],
    ['does not log at level OFF', { LoggingConfiguration: { Level: 'OFF', ...logs } }, { logGroupArn: undefined }],
  ])('says whether it %s', (_, properties, expected) => {
    expect(machineOf({ Definition: {}, ...properties })).toMatchObject(expected);
  });

  test('is read from an asset of the assembly, with substitutions', () => {
    const directory = mkdtempSync(join(tmpdir(), 'crosswind-test-'));
    onTestFinished(() => {
      rmSync(directory, { recursive: true });
    });
    const file = join(directory, 'asset.json');
    writeFileSync(file, '{"StartAt":"${first}","Comment":"${other}"}');
    const It = {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        DefinitionS3Location: { Bucket: 'assets', Key: 'it.json' },
        DefinitionSubstitutions: { first: 'a "quoted" $& name' },
      },
    };
    const stacks = resolveStacks([assembled({ Resources: { It } }, { assets: new Map([['it.json', file]]) })]);
    expect(stacks.flatMap(stateMachinesOf)[0]?.definition).toEqual({
      StartAt: 'a "quoted" $& name',
      Comment: '${other}',
    });
  });

  test('whose definition is no JSON is refused by name', () => {
    expect(() => machineOf({ DefinitionString: '{' })).toThrow('It has a definition that is no JSON object');
  });

  test('whose definition is elsewhere is refused by name', () => {
    expect(() => machineOf({ DefinitionS3Location: {} })).toThrow('It has neither DefinitionString nor Definition');
  });
});

describe('the states of a definition', () => {
  test('are found inside of maps and parallel branches, and in those of those', () => {
    const states = (inner: JsonObject): JsonObject => ({ States: inner });
    const definition = states({
      Map: { ItemProcessor: states({ Each: { ItemProcessor: states({ Deep: {} }) } }) },
      Parallel: { Branches: [states({ Left: {} }), states({ Right: {} })] },
    });
    expect(statesOf(definition).map(([name]) => name)).toEqual(['Map', 'Each', 'Deep', 'Parallel', 'Left', 'Right']);
  });
});

describe('a start of a workflow in another account', () => {
  const task = { Type: 'Task', Credentials: { RoleArn: 'arn:role' }, Arguments: { StateMachineArn: 'arn:child' } };
  const starts = (Resource: string, change: JsonObject = {}) =>
    crossAccountStarts(machines({ Definition: { States: { Start: { ...task, Resource, ...change } } } })).map(
      ({ state, waits, targetRoleArn, childArn }) => ({ state, waits, targetRoleArn, childArn }),
    );
  const start = { state: 'Start', targetRoleArn: 'arn:role', childArn: 'arn:child' };

  test.each([
    ['arn:aws:states:::states:startExecution.sync:2', true],
    ['arn:aws:states:::states:startExecution.sync', true],
    ['arn:aws-cn:states:::states:startExecution', false],
  ])('%s waits: %s', (resource, waits) => {
    expect(starts(resource)).toEqual([{ ...start, waits }]);
  });

  test.each<[string, string, JsonObject]>([
    ['without credentials', 'arn:aws:states:::states:startExecution', { Credentials: null }],
    ['of something else', 'arn:aws:states:::lambda:invoke', {}],
  ])('is none %s', (_, resource, change) => {
    expect(starts(resource, change)).toEqual([]);
  });
});

describe('a Distributed Map', () => {
  test.each([
    ['eu-west-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
  ])('of objects of a bucket is found in %s', (region, partition) => {
    const reader = { Resource: `arn:${partition}:states:::s3:listObjectsV2`, Arguments: { Bucket: 'mine' } };
    const [machine] = machines(
      { Definition: { States: { Map: { Type: 'Map', ItemReader: reader } } } },
      region,
    ).flatMap(stateMachinesOf);
    expect(machine && distributedMapsOf(machine)).toMatchObject([{ state: 'Map', sourceBucket: 'mine' }]);
  });

  test('is none that maps over something else than the objects of a bucket', () => {
    const machine = machineOf({
      Definition: { States: { Map: { Type: 'Map', ItemReader: { Resource: 'arn:aws:states:::s3:getObject' } } } },
    });
    expect(machine && distributedMapsOf(machine)).toEqual([]);
  });
});
