import { describe, expect, test } from 'vitest';
import { functionsOf } from '@crosswind/assembly/functions';
import type { Resource } from '@crosswind/assembly/resolve';
import { rolesOf } from '@crosswind/assembly/roles';
import { listOf, objectOf } from '@crosswind/aws/json';
import { deployedObjects, digestOf } from '../sample/deployed-objects.ts';
import { stackAt } from '../../../test/synthesized.ts';
import { synthesized } from './platform.ts';
import { childPath } from './built.ts';

const stack = () => stackAt(synthesized().stacks, childPath);

function only(type: string, path = ''): Resource {
  const [resource, ...others] = stack().resources.filter((it) => it.type === type && it.path.includes(path));
  if (!resource || others.length > 0) throw new Error(`not one ${type} in ${path}`);
  return resource;
}

const writer = () => only('AWS::Lambda::Function', '/Sample/');
const source = () => only('AWS::S3::Bucket', '/Source/');

describe('the sample of a deployment', () => {
  test('is written by its function, and again when it changes', () => {
    expect(only('Custom::WeatherSample').properties).toEqual({
      ServiceToken: writer().arn,
      ServiceTimeout: '300',
      Digest: digestOf(deployedObjects()),
    });
  });

  test('is not written before the function may write', () => {
    expect(only('Custom::WeatherSample').dependencies).toContain(writer().logicalId);
    expect(writer().dependencies).toContain(only('AWS::IAM::Policy', '/Sample/').logicalId);
  });

  test('is the last resource of its stack', () => {
    const { logicalId, dependencies } = only('Custom::WeatherSample');
    const others = stack().resources.map((it) => it.logicalId);
    const before = new Set(dependencies);
    for (const id of before) {
      for (const each of stack().resources.find((it) => it.logicalId === id)?.dependencies ?? []) before.add(each);
    }
    expect(others.length).toBeGreaterThan(20);
    expect(others.filter((id) => id !== logicalId && !before.has(id))).toEqual([]);
  });

  test('goes into the bucket that the child reads', () => {
    expect(objectOf(writer().properties['Environment'])['Variables']).toEqual({ SOURCE_BUCKET: source().name });
  });

  test('is all that its function may write and remove', () => {
    const { roleArn } = functionsOf(stack()).find(({ arn }) => arn === writer().arn) ?? {};
    const role = rolesOf(stack()).find(({ arn }) => arn === roleArn);
    const statements = (role?.policies ?? []).flatMap(({ document }) => listOf(document['Statement'])).map(objectOf);
    const others = statements.filter(({ Action }) => !/"(logs|xray):/.test(JSON.stringify(Action)));
    expect(others).toEqual([
      {
        Effect: 'Allow',
        Action: ['s3:DeleteObjectVersion', 's3:PutObject'],
        Resource: `${source().arn ?? ''}/sample/*`,
      },
      {
        Effect: 'Allow',
        Action: 's3:ListBucketVersions',
        Resource: source().arn,
        Condition: { StringEquals: { 's3:prefix': 'sample/' } },
      },
      { Effect: 'Allow', Action: 'kms:GenerateDataKey', Resource: only('AWS::KMS::Key').arn },
    ]);
    expect(statements.length).toBeGreaterThan(others.length);
  });
});

test('the import writes below the prefix of the weather only, so that the sample stays as it is', () => {
  const { properties } = only('AWS::IAM::Policy', '/Importer/');
  const statements = listOf(objectOf(properties['PolicyDocument'])['Statement']).map(objectOf);
  const writing = statements.filter(({ Action }) => JSON.stringify(Action).includes('PutObject'));
  expect(writing.map(({ Resource }) => Resource)).toEqual([`${source().arn ?? ''}/gsod/*`]);
});
