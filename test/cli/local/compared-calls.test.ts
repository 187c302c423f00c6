import { resolvePartly } from '@crosswind/assembly/resolve';
import type { TemplateResource } from '@crosswind/assembly/template';
import { assembled } from '@crosswind/assembly/testing/assembled';
import type { AccessRequest } from '@crosswind/iam/request';
import { describe, expect, test } from 'vitest';
import { type ComparedCalls, comparedTogether, watchCalls } from '../../../cli/local/compared-calls.ts';
import { unmadeLines } from '../../../cli/local/present-calls.ts';

const role = 'arn:aws:iam::111111111111:role/own';
const key = 'arn:aws:kms:eu-west-1:111111111111:key/k';
const stream = 'arn:aws:logs:eu-west-1:111111111111:log-group:/aws/lambda/f:log-stream:s';

const declaring = (calls: readonly object[] | undefined): Readonly<Record<string, TemplateResource>> => ({
  F: {
    Type: 'AWS::Lambda::Function',
    Properties: { FunctionName: 'f', Role: role },
    ...(calls && { Metadata: { 'crosswind:calls': calls as never } }),
  },
  B: {
    Type: 'AWS::S3::Bucket',
    Properties: {
      BucketName: 'b',
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { KMSMasterKeyID: key } }],
      },
    },
  },
});
const reading = declaring([{ actions: ['s3:GetObject', 's3:ListBucket'], resources: ['arn:aws:s3:::b/in/*'] }]);

type Call = readonly [action: string, resource: string, roleArn?: string];

/** The comparison after these calls. */
function after(resources: Readonly<Record<string, TemplateResource>>, calls: readonly Call[]): ComparedCalls {
  const watchers: ((request: AccessRequest) => void)[] = [];
  const { stacks } = resolvePartly([assembled({ Resources: resources })]);
  const compared = watchCalls({ watch: (watcher) => watchers.push(watcher) }, stacks);
  for (const [action, resource, roleArn = role] of calls) {
    const principal = { kind: 'role', roleArn, sessionArn: '', account: '111111111111' } as const;
    for (const watcher of watchers) {
      watcher({ principal, action, resource, resourceAccount: '111111111111', context: {} });
    }
  }
  return compared();
}

const object = 'arn:aws:s3:::b/in/1';
const undeclaredIn = ({ undeclared }: ComparedCalls) => undeclared.map(({ action, declare }) => `${action} ${declare}`);

describe('a call of a function', () => {
  test.each<[string, Call]>([
    ['that it declares', ['s3:GetObject', object]],
    ['that Lambda makes for its log', ['logs:PutLogEvents', stream]],
    ['that S3 makes with the key of the bucket', ['kms:Decrypt', key]],
    ['that another role makes', ['s3:PutObject', object, 'arn:aws:iam::111111111111:role/other']],
  ])('is fine: one %s', (_, call) => {
    expect(undeclaredIn(after(reading, [call]))).toEqual([]);
  });

  test.each<[string, Call]>([
    ['of another action', ['s3:PutObject', object]],
    ['on another resource', ['s3:GetObject', 'arn:aws:s3:::b/out/1']],
    ['on one that its pattern only begins with', ['s3:GetObject', 'arn:aws:s3:::b']],
  ])('is undeclared: one %s', (_, call) => {
    expect(undeclaredIn(after(reading, [call]))).toEqual([`${call[0]} ${call[1]}`]);
  });

  test('is undeclared where the function declares nothing and another resource does', () => {
    const resources = { ...declaring(undefined), R: { ...reading['F'], Type: 'AWS::IAM::Role' } };
    expect(undeclaredIn(after(resources, [['s3:GetObject', object]]))).toEqual([`s3:GetObject ${object}`]);
  });

  test('is compared with nothing where no resource declares any', () => {
    expect(after(declaring(undefined), [['s3:GetObject', object]])).toEqual({
      ...{ isDeclared: false, undeclared: [], made: [], unmade: [] },
    });
  });

  test('is to be declared with others of its bucket at once', () => {
    const { undeclared } = after(reading, [
      ['s3:PutObject', 'arn:aws:s3:::b/out/1'],
      ['s3:PutObject', 'arn:aws:s3:::b/out/2'],
      ['s3:PutObject', 'arn:aws:s3:::c/out/1'],
    ]);
    expect(undeclared).toMatchObject([
      { functions: ['F'], resource: 'arn:aws:s3:::b/out/1', declare: 'arn:aws:s3:::b/*', times: 2 },
      { functions: ['F'], declare: 'arn:aws:s3:::c/out/1', times: 1 },
    ]);
  });

  test.each([
    ['arn:aws:states:eu-west-1:111111111111:execution:m:1', 'arn:aws:states:eu-west-1:111111111111:execution:m:*'],
    ['arn:aws:sqs:eu-west-1:111111111111:q', 'arn:aws:sqs:eu-west-1:111111111111:q'],
  ])('on %s is to be declared on %s, if there are several', (resource, declare) => {
    const calls = [resource, `${resource}2`].map((each): Call => ['x:Y', each]);
    const { undeclared } = after(reading, calls);
    expect(undeclared[0]?.declare).toBe(declare);
  });
});

describe('a declared call that is not made', () => {
  const list = { function: 'F', action: 's3:ListBucket', resource: 'arn:aws:s3:::b/in/*' };
  const get = { ...list, action: 's3:GetObject' };

  test('is listed where the function ran', () => {
    expect(after(reading, []).unmade).toEqual([]);
    expect(after(reading, [['s3:GetObject', object]])).toMatchObject({ made: [get], unmade: [list] });
  });

  test('is listed for several runs if none of them makes it', () => {
    const one = after(reading, [['s3:GetObject', object]]);
    const other = after(reading, [['logs:PutLogEvents', stream]]);
    expect(comparedTogether([one, other])).toMatchObject({ isDeclared: true, made: [get], unmade: [list] });
    expect(unmadeLines([list]).at(-1)).toBe('  F: s3:ListBucket on arn:aws:s3:::b/in/*');
    expect(unmadeLines([])).toEqual([]);
  });

  test('leaves undeclared calls of all runs, each once', () => {
    const run = after(reading, [['s3:PutObject', object]]);
    expect(undeclaredIn(comparedTogether([run, run]))).toEqual([`s3:PutObject ${object}`]);
  });
});
