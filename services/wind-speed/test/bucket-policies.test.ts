import { expect, test } from 'vitest';
import type { PolicyDocument } from '@crosswind/iam/policy-document';
import { authorize } from '@crosswind/iam/authorize';
import type { Principal } from '@crosswind/iam/principal';
import { objectOf, textOf } from '@crosswind/aws/json';
import { stackAt } from '../../../test/synthesized.ts';
import { childPath } from './built.ts';
import { platform, synthesized } from './platform.ts';

const account = '444444444444';
const role: Principal = {
  kind: 'role',
  roleArn: `arn:aws:iam::${account}:role/reader`,
  sessionArn: `arn:aws:sts::${account}:assumed-role/reader/s`,
  account,
};
const delivery: Principal = { kind: 'service', service: 'logging.s3.amazonaws.com' };
const ours = { 'aws:PrincipalOrgID': platform.organization.id };
const theirs = { 'aws:PrincipalOrgID': 'o-otherorg12' };
const everything = { name: 'everything', document: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } };

/** Decision on a call for an object of a bucket that a careless statement has opened to everybody. */
function allowed(id: string, action: string, principal: Principal, context: object): boolean {
  const { resources } = stackAt(synthesized().stacks, childPath);
  const bucket = resources.find(({ type, path }) => type === 'AWS::S3::Bucket' && path.includes(`/${id}/`));
  const policy = resources.find(
    ({ type, properties }) => type === 'AWS::S3::BucketPolicy' && textOf(properties['Bucket']) === bucket?.name,
  );
  const own = objectOf(policy?.properties['PolicyDocument']) as unknown as PolicyDocument;
  const open = { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' } as const;
  const document = { ...own, Statement: [...[own.Statement].flat(), open] };
  const request = {
    principal,
    action,
    resource: `${bucket?.arn ?? ''}/a`,
    resourceAccount: account,
    context: { 'aws:SecureTransport': 'true', ...context },
  };
  const identity = principal.kind === 'role' ? [everything as never] : [];
  return authorize(request, { identity, resource: { name: 'bucket', document } }).allowed;
}

const buckets = ['Source', 'Results', 'AccessLogs'];
test.each([
  ['a principal of the organization', role, ours, true],
  ['a principal of another organization', role, theirs, false],
  ['a principal of no organization', role, {}, false],
  ['nobody known', { kind: 'anonymous' } as const, {}, false],
  ['the delivery of access logs', delivery, { 'aws:SourceAccount': account }, true],
])('%s: of an opened bucket', (_, principal, context, expected) => {
  for (const id of buckets) {
    expect([id, allowed(id, 's3:PutObject', principal, context)]).toEqual([id, expected]);
    expect([id, allowed(id, 's3:GetObject', principal, context)]).toEqual([id, expected]);
  }
});
