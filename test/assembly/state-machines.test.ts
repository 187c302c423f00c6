import { describe, expect, test } from 'vitest';
import { crossAccountStarts, statesOf } from '../../assembly/cross-account-starts.ts';
import { distributedMapsOf } from '../../assembly/distributed-maps.ts';
import { functionsOf } from '../../assembly/functions.ts';
import { resolveStacks } from '../../assembly/resolve.ts';
import { stateMachinesOf } from '../../assembly/state-machines.ts';
import type { JsonObject } from '../../assembly/template.ts';
import { stackAt, synthesized } from '../synthesized.ts';
import { assembled } from './assembled.ts';

const child = () => stackAt(synthesized().stacks, 'Crosswind/dev-wind-speed-child/Child');

function machines(properties: JsonObject) {
  const It = { Type: 'AWS::StepFunctions::StateMachine', Properties: { StateMachineName: 'it', ...properties } };
  return resolveStacks([assembled({ Resources: { It } })]);
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

  test('whose definition is elsewhere is refused by name', () => {
    expect(() => machineOf({ DefinitionS3Location: {} })).toThrow('It has neither DefinitionString nor Definition');
  });

  test('is there three times per wave in the platform, its definition without intrinsic functions', () => {
    const all = synthesized().stacks.flatMap(stateMachinesOf);
    expect(all).toHaveLength(6);
    expect(JSON.stringify(all)).not.toMatch(/Fn::|"Ref"|AWS::/);
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
  test('of the platform reads one bucket, writes the other, and invokes the function that analyses', () => {
    const [map, ...others] = stateMachinesOf(child()).flatMap(distributedMapsOf);
    const nameOf = (id: string) => child().resources.find(({ logicalId }) => logicalId.startsWith(id))?.name;
    expect(others).toEqual([]);
    expect(map).toEqual({
      state: 'Analyze objects',
      sourceBucket: nameOf('WeatherSource2'),
      resultsBucket: nameOf('WeatherResults2'),
      functionArns: functionsOf(child())
        .filter(({ name }) => name.includes('ChildAnalyze'))
        .map(({ arn }) => arn),
    });
    expect(map?.functionArns).toHaveLength(1);
  });

  test('is none that maps over something else than the objects of a bucket', () => {
    const machine = machineOf({
      Definition: { States: { Map: { Type: 'Map', ItemReader: { Resource: 'arn:aws:states:::s3:getObject' } } } },
    });
    expect(machine && distributedMapsOf(machine)).toEqual([]);
  });
});
