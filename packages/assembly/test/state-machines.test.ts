import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { crossAccountStarts, statesOf } from '../src/cross-account-starts.ts';
import { distributedMapsOf } from '../src/distributed-maps.ts';
import { resolveStacks } from '../src/resolve.ts';
import { InvalidDefinition, stateMachinesOf, UnreadableDefinition } from '../src/state-machines.ts';
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

  /** Reads a state machine whose definition is the asset `key` with this text. */
  function machineIn(key: string, text: string, properties: JsonObject = {}) {
    const directory = mkdtempSync(join(tmpdir(), 'crosswind-test-'));
    onTestFinished(() => {
      rmSync(directory, { recursive: true });
    });
    const file = join(directory, 'asset');
    writeFileSync(file, text);
    const It = {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: { DefinitionS3Location: { Bucket: 'assets', Key: key }, ...properties },
    };
    const stacks = resolveStacks([assembled({ Resources: { It } }, { assets: new Map([[key, file]]) })]);
    return stacks.flatMap(stateMachinesOf)[0];
  }

  test('is read from an asset of the assembly, with substitutions', () => {
    const text = '{"StartAt":"${first}","Comment":"${other}"}';
    const machine = machineIn('it.json', text, { DefinitionSubstitutions: { first: 'a "quoted" $& name' } });
    expect(machine?.definition).toEqual({ StartAt: 'a "quoted" $& name', Comment: '${other}' });
  });

  test('is read from an asset in JSON, whatever the asset is called', () => {
    expect(machineIn('it.asl', '{"StartAt":"A"}')?.definition).toEqual({ StartAt: 'A' });
  });

  test.each<[string, JsonObject, string]>([
    ['no JSON', { DefinitionString: '{' }, 'It has a definition that is no JSON: '],
    ['no object', { DefinitionString: '[]' }, 'It has a definition that is no JSON object'],
    ['missing', {}, 'It has no definition: expected DefinitionString, Definition or DefinitionS3Location'],
  ])('whose definition is %s is invalid, as on AWS', (_, properties, message) => {
    const read = () => machineOf(properties);
    expect(read).toThrow(InvalidDefinition);
    expect(read).toThrow(message);
  });

  test('whose asset is called JSON and is none is invalid, as on AWS', () => {
    expect(() => machineIn('it.json', '{')).toThrow(InvalidDefinition);
  });

  test('whose asset is YAML is for AWS to read', () => {
    const read = () => machineIn('it.yaml', 'StartAt: A');
    expect(read).toThrow(UnreadableDefinition);
    expect(read).toThrow(/^It has a definition that is no JSON: .*; only JSON is read$/);
  });

  test('whose definition is elsewhere is for AWS to read', () => {
    const read = () => machineOf({ DefinitionS3Location: { Bucket: 'mine', Key: 'it.json' } });
    expect(read).toThrow(UnreadableDefinition);
    expect(read).toThrow(
      'It has a DefinitionS3Location that is no asset of the assembly: {"Bucket":"mine","Key":"it.json"}',
    );
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
