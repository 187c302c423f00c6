import {
  accounts,
  type Actor,
  administrator,
  type Asked,
  foreign,
  managedPolicy,
  role,
  roleOfStack,
} from '../decided.ts';

/** A question with its answer. */
export type GuardQuestion = Asked & { readonly answer: string };

export type Call = readonly [action: string, on: string, context?: Asked['context']];
export type Rest = Pick<Asked, 'of' | 'resource' | 'context'>;

export const asked = (by: Actor, answer: string, calls: readonly Call[], rest: Rest = {}): readonly GuardQuestion[] =>
  calls.map(([action, on, context]) => ({ by, action, on, answer, ...rest, context: { ...rest.context, ...context } }));

export const forEach = (names: readonly string[], action: string): readonly Call[] =>
  names.map((name) => [action, name]);
export const each = (actions: readonly string[], on: string): readonly Call[] => actions.map((action) => [action, on]);

export const arnIn =
  (account: string) =>
  (name: string, rest: string): string =>
    `arn:aws:${name}:us-east-1:${account}:${rest}`;
export const here = arnIn(accounts.workload);
export const tooling = arnIn(accounts.pipeline);
export const outside = arnIn(foreign);

/** Policy of a resource that everybody may use. */
export const open: Asked['resource'] = [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }];
/** Policy of a resource, such as a key, that leaves the decision to IAM of the account. */
export const leftToIam = (account: string = accounts.workload): Asked['resource'] => [
  { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: '*', Resource: '*' },
];
/** Trust that everybody may use. */
export const openTrust: Asked['resource'] = [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }];

export const worker = roleOfStack('crosswind-wind-speed-child');
export const watcher = roleOfStack('crosswind-alerts', 'monitoring');
export const pipeline = roleOfStack('crosswind-pipeline', 'pipeline');
export const person = administrator('AWSReservedSSO_Administrator');
export const inTooling = administrator('AWSReservedSSO_Administrator', accounts.pipeline);
export const administratorsIn = (account: string): readonly Actor[] =>
  ['stacksets-exec-1234', 'AWSControlTowerExecution', 'crosswind-break-glass'].map((name) =>
    administrator(name, account),
  );
export const bootstrap = (kind: string, account: string = accounts.workload): string =>
  role(`cdk-crosswind-${kind}-role-${account}-us-east-1`, account);

export const object = 'arn:aws:s3:::crosswind-wind-speed-results/2026.csv';
export const bucket = 'arn:aws:s3:::crosswind-wind-speed-results';
export const table = here('dynamodb', 'table/crosswind-a');
export const queue = here('sqs', 'crosswind-a');
export const logGroup = here('logs', 'log-group:crosswind-a');
export const machine = here('states', 'stateMachine:crosswind-wind-speed-child');

export const bounded = { 'iam:PermissionsBoundary': managedPolicy('crosswind-boundary') };
export const tag = (of: 'Request' | 'Resource', value = 'crosswind') => ({ [`aws:${of}Tag/platform`]: value });
export const passedTo = (name: string) => ({ 'iam:PassedToService': `${name}.amazonaws.com` });

export const assumed = { of: accounts.workload, resource: openTrust };

/** Names of the roles of the baseline, and of those that pass the policies. */
export const guardedRoles: readonly string[] = [
  ...['crosswind-viewer', 'crosswind-protector', 'crosswind-break-glass'],
  ...['stacksets-exec-1', 'AWSControlTowerExecution'],
];
