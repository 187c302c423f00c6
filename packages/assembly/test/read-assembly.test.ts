import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { AssemblyError, readAssembly } from '../src/read-assembly.ts';

const made: string[] = [];
afterAll(() => {
  for (const directory of made) rmSync(directory, { recursive: true });
});

/** A directory with these files, their contents written as JSON. */
function directory(files: Readonly<Record<string, unknown>>): string {
  const root = mkdtempSync(join(tmpdir(), 'crosswind-test-'));
  made.push(root);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), JSON.stringify(content));
  }
  return root;
}

const stack = (environment?: string) => ({
  type: 'aws:cloudformation:stack',
  environment,
  displayName: 'App/One',
  properties: { templateFile: 'one.json', stackName: 'one' },
});

describe('reading an assembly', () => {
  test('finds the stacks of nested assemblies, with the assets that they publish', () => {
    const root = directory({
      'manifest.json': { artifacts: { nested: { type: 'cdk:cloud-assembly', properties: { directoryName: 'deep' } } } },
      'deep/manifest.json': {
        artifacts: {
          'one.assets': { type: 'cdk:asset-manifest', properties: { file: 'assets.json' } },
          one: stack('aws://111111111111/eu-west-1'),
        },
      },
      'deep/assets.json': {
        files: { x: { source: { path: '../asset.x' }, destinations: { there: { objectKey: 'x.zip' } } } },
      },
      'deep/one.json': { Resources: { It: { Type: 'AWS::S3::Bucket' } } },
    });
    expect(readAssembly(root)).toEqual([
      {
        path: 'App/One',
        name: 'one',
        account: '111111111111',
        region: 'eu-west-1',
        template: { Resources: { It: { Type: 'AWS::S3::Bucket' } } },
        templateFile: join(root, 'deep/one.json'),
        assets: new Map([['x.zip', join(root, 'asset.x')]]),
        id: 'one',
        dependencies: [],
        isAgnostic: false,
        deployment: {
          assetManifest: undefined,
          deployRoleArn: undefined,
          executionRoleArn: undefined,
          templateUrl: undefined,
          bootstrapVersionParameter: undefined,
          terminationProtection: false,
          tags: {},
        },
      },
    ]);
  });

  test('says how a stack is deployed: roles, template, assets, version of the bootstrap, protection', () => {
    const properties = {
      assumeRoleArn: 'arn:aws:iam::111111111111:role/deploy',
      cloudFormationExecutionRoleArn: 'arn:aws:iam::111111111111:role/execution',
      stackTemplateAssetObjectUrl: 's3://assets/one.json',
      bootstrapStackVersionSsmParameter: '/cdk-bootstrap/mine/version',
      terminationProtection: true,
      tags: { team: 'wind' },
    };
    const one = stack('aws://111111111111/eu-west-1');
    const root = directory({
      'manifest.json': {
        artifacts: {
          'one.assets': { type: 'cdk:asset-manifest', properties: { file: 'assets.json' } },
          one: { ...one, dependencies: ['one.assets'], properties: { ...one.properties, ...properties } },
        },
      },
      'assets.json': { files: {} },
      'one.json': { Resources: {} },
    });
    expect(readAssembly(root)[0]?.deployment).toEqual({
      assetManifest: join(root, 'assets.json'),
      deployRoleArn: properties.assumeRoleArn,
      executionRoleArn: properties.cloudFormationExecutionRoleArn,
      templateUrl: properties.stackTemplateAssetObjectUrl,
      bootstrapVersionParameter: properties.bootstrapStackVersionSsmParameter,
      terminationProtection: true,
      tags: { team: 'wind' },
    });
  });

  test('explains itself where there is no assembly', () => {
    expect(() => readAssembly('/nowhere')).toThrow(/^\/nowhere is no cloud assembly: expected a manifest\.json/);
  });

  test.each([
    ['account and region', 'aws://unknown-account/unknown-region', '111111111111', 'us-east-1'],
    ['the account', 'aws://unknown-account/eu-west-1', '111111111111', 'eu-west-1'],
    ['the region', 'aws://222222222222/unknown-region', '222222222222', 'us-east-1'],
  ])('puts the given environment where a stack leaves %s open', (_, environment, account, region) => {
    const root = directory({
      'manifest.json': { artifacts: { one: stack(environment) } },
      'one.json': { Resources: {} },
    });
    const [read] = readAssembly(root, { account: '111111111111', region: 'us-east-1' });
    expect(read).toMatchObject({ account, region, isAgnostic: true });
  });

  test('reads a stack without resources, and the artifacts that it depends on', () => {
    const dependent = { ...stack('aws://111111111111/eu-west-1'), dependencies: ['other', 'one.assets'] };
    const root = directory({ 'manifest.json': { artifacts: { one: dependent } }, 'one.json': {} });
    const [read] = readAssembly(root);
    expect(read).toMatchObject({
      template: { Resources: {} },
      dependencies: ['other', 'one.assets'],
      isAgnostic: false,
    });
  });

  test.each([
    ['aws://unknown-account/unknown-region', 'aws://unknown-account/unknown-region'],
    [undefined, 'nothing'],
  ])('refuses a stack that is bound to %s', (environment, got) => {
    const root = directory({
      'manifest.json': { artifacts: { one: stack(environment) } },
      'one.json': { Resources: {} },
    });
    expect(() => readAssembly(root)).toThrow(
      `stack one is bound to no account and region: expected aws://<12 digits>/<region>, got ${got}`,
    );
  });

  const environment = 'aws://111111111111/eu-west-1';
  const assets = { type: 'cdk:asset-manifest', properties: { file: 'assets.json' } };
  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['a manifest that is null', { 'manifest.json': null }, 'manifest.json: expected an object, got nothing'],
    [
      'artifacts in a list',
      { 'manifest.json': { artifacts: [] } },
      'manifest.json: artifacts: expected an object, got []',
    ],
    [
      'an artifact that is a text',
      { 'manifest.json': { artifacts: { one: 'stack' } } },
      'manifest.json: artifacts.one: expected an object, got "stack"',
    ],
    [
      'an assembly that is nested in itself',
      { 'manifest.json': { artifacts: { it: { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } } } } },
      'manifest.json: artifact it is nested in itself: expected a directory in it, got "."',
    ],
    [
      'a template that is a list',
      { 'manifest.json': { artifacts: { one: stack(environment) } }, 'one.json': [] },
      'one.json: expected an object, got []',
    ],
    [
      'a resource that is null',
      { 'manifest.json': { artifacts: { one: stack(environment) } }, 'one.json': { Resources: { It: null } } },
      'one.json: Resources.It: expected an object, got nothing',
    ],
    [
      'a resource without a type',
      { 'manifest.json': { artifacts: { one: stack(environment) } }, 'one.json': { Resources: { It: {} } } },
      'one.json: Resources.It.Type: expected the type of a resource, got nothing',
    ],
    [
      'properties in a list',
      {
        'manifest.json': { artifacts: { one: stack(environment) } },
        'one.json': { Resources: { It: { Type: 'AWS::S3::Bucket', Properties: [] } } },
      },
      'one.json: Resources.It.Properties: expected an object, got []',
    ],
    [
      'an asset without destinations',
      {
        'manifest.json': { artifacts: { assets } },
        'assets.json': { files: { x: { source: { path: 'x' }, destinations: 1 } } },
      },
      'assets.json: files.x.destinations: expected an object, got 1',
    ],
  ])('says where %s is', (_, files, message) => {
    const root = directory(files);
    const read = () => readAssembly(root);
    expect(read).toThrow(AssemblyError);
    expect(read).toThrow(join(root, message));
  });

  test('leaves out assets that a command makes when they are published', () => {
    const root = directory({
      'manifest.json': { artifacts: { assets, one: stack(environment) } },
      'assets.json': {
        files: {
          made: { source: { executable: ['make'] }, destinations: { there: { objectKey: 'made.zip' } } },
          kept: { source: { path: 'kept' }, destinations: { there: { objectKey: 'kept.zip' } } },
        },
      },
      'one.json': {},
    });
    expect([...(readAssembly(root)[0]?.assets.keys() ?? [])]).toEqual(['kept.zip']);
  });
});
