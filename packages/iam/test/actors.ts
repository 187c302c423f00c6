import type { PolicyDocument, PolicySource, StatementJson } from '../src/policy-document.ts';
import type { Principal } from '../src/principal.ts';
import type { AccessRequest } from '../src/request.ts';

export const PARENT = '333333333333';
export const CHILD = '444444444444';

/** Session of a role, by default in the child's account. */
export const role = (name: string, account = CHILD): Extract<Principal, { kind: 'role' }> => ({
  kind: 'role',
  roleArn: `arn:aws:iam::${account}:role/${name}`,
  sessionArn: `arn:aws:sts::${account}:assumed-role/${name}/session`,
  account,
});

export const service = (name: string): Principal => ({ kind: 'service', service: name });

export const document = (...statements: StatementJson[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: statements,
});

export const policy = (name: string, ...statements: StatementJson[]): PolicySource => ({
  name,
  document: document(...statements),
});

/** Request of the role `worker` in its own account. `rest` overrides any of it. */
export const ask = (action: string, resource: string, rest: Partial<AccessRequest> = {}): AccessRequest => ({
  principal: role('worker'),
  action,
  resource,
  resourceAccount: CHILD,
  context: {},
  ...rest,
});
