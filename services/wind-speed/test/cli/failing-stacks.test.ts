import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from '@crosswind/assembly/template';
import { listOf, objectOf, type JsonObject } from '@crosswind/aws/json';
import { describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../../../../test/temporary-directory.ts';
import { FailingPlatform, type Meant } from './failing-platform.ts';

/** `npm run test:long` fails every resource; otherwise a few of the stack that has the data. */
const isLong = process.env['FAILING_RESOURCES'] === 'all';
const few: Meant = ({ type, logicalId }, { name }) =>
  name === 'crosswind-wind-speed-child' &&
  (/^(WeatherSource|WeatherKey|WeatherResultsPolicy)/.test(logicalId) || type === 'Custom::WeatherSample');
const meant: Meant = isLong ? () => true : few;

const denied = { Effect: 'Deny', Action: 's3:PutBucketAcl', Resource: '*' };
const withStatement = (document: unknown, more: object): JsonObject => {
  const given = objectOf(document as JsonObject);
  return { ...given, Statement: [...listOf(given['Statement']), { ...denied, ...more }] };
};

/** Another version of a resource's properties, by its type. */
const changes: Readonly<Record<string, (properties: JsonObject) => JsonObject>> = {
  'AWS::CloudWatch::Alarm': () => ({ DatapointsToAlarm: 1 }),
  'AWS::IAM::Policy': ({ PolicyDocument }) => ({ PolicyDocument: withStatement(PolicyDocument, {}) }),
  'AWS::IAM::Role': () => ({ Description: 'another' }),
  'AWS::KMS::Key': () => ({ Description: 'another' }),
  'AWS::Lambda::Function': () => ({ Description: 'another' }),
  'AWS::Logs::LogGroup': () => ({ RetentionInDays: 14 }),
  'AWS::S3::Bucket': () => ({ Tags: [{ Key: 'version', Value: '2' }] }),
  'AWS::S3::BucketPolicy': ({ Bucket, PolicyDocument }) => ({
    PolicyDocument: withStatement(PolicyDocument, {
      Principal: '*',
      Resource: { 'Fn::Sub': ['arn:aws:s3:::${Bucket}', { Bucket: Bucket ?? '' }] },
    }),
  }),
  'AWS::SNS::Topic': () => ({ DisplayName: 'another' }),
  'AWS::SQS::Queue': () => ({ VisibilityTimeout: 31 }),
  'AWS::StepFunctions::StateMachine': () => ({ Tags: [{ Key: 'version', Value: '2' }] }),
  'AWS::Oam::Link': () => ({ Tags: { version: '2' } }),
  'AWS::Oam::Sink': () => ({ Tags: { version: '2' } }),
  'Custom::ObservabilitySink': () => ({ Version: '2' }),
  'Custom::WeatherSample': () => ({ Version: '2' }),
};

/** A copy of an assembly with another version of every resource whose type has one. */
function changed(assembly: string): string {
  const directory = temporaryDirectory();
  cpSync(assembly, directory, { recursive: true });
  for (const file of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.template.json')) continue;
    const template = JSON.parse(readFileSync(join(directory, file), 'utf8')) as Template;
    for (const resource of Object.values(template.Resources)) {
      const properties = objectOf(resource.Properties);
      Object.assign(resource, { Properties: { ...properties, ...changes[resource.Type]?.(properties) } });
    }
    writeFileSync(join(directory, file), JSON.stringify(template));
  }
  return directory;
}

/** Buckets of weather and results with what they are to have. */
function dataOf({ sandbox, stacks }: FailingPlatform) {
  const children = stacks.filter(({ name }) => name === 'crosswind-wind-speed-child');
  const names = children.flatMap(({ account, region, name }) =>
    [...(sandbox.cloudFormation.stacks.find({ account, region }, name)?.resources ?? [])].flatMap(([id, resource]) =>
      /^Weather(Source|Results)[0-9A-F]{8}$/.test(id) && resource.deployed ? [resource.deployed.name] : [],
    ),
  );
  return names.map((name) => ({ name, keys: () => [...(sandbox.storage.bucket(name)?.objects.keys() ?? [])] }));
}

describe('a platform whose resources fail once', () => {
  test('is complete after the runbook and the next push, while it is created and while it is changed', async () => {
    const platform = await FailingPlatform.open(meant);
    const created = await platform.pushed();
    expect(created.end).toBeUndefined();
    expect(created.failed.length).toBeGreaterThanOrEqual(isLong ? 100 : 8);

    const buckets = dataOf(platform);
    expect(buckets).toHaveLength(4);
    for (const { name } of buckets) {
      platform.sandbox.storage.seed({ bucket: name, key: 'gsod/2022/a.csv' }, Buffer.from('wind'));
    }
    expect(buckets.map(({ keys }) => keys().length).sort()).toEqual([1, 1, 13, 13]);
    const before = buckets.map(({ name, keys }) => [name, keys()]);

    const updated = await platform.pushed(changed(platform.assembly));
    expect(updated.end).toBeUndefined();
    expect(updated.failed.length).toBeGreaterThanOrEqual(isLong ? 80 : 8);
    expect(dataOf(platform).map(({ name, keys }) => [name, keys()])).toEqual(before);
    await platform.close();
  });
});
