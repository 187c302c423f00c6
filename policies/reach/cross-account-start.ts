import { type CrossAccountStart, crossAccountStarts } from '@crosswind/assembly/cross-account-starts';
import type { Stack } from '@crosswind/assembly/resolve';
import { type RoleResource, toRole } from '@crosswind/assembly/roles';
import { stateMachinesOf } from '@crosswind/assembly/state-machines';
import { accountOf } from '@crosswind/aws/arn';
import { authorize } from '@crosswind/iam/authorize';
import type { Denied, Mend } from '@crosswind/iam/decision';
import type { PolicyDocument, PolicySource } from '@crosswind/iam/policy-document';
import type { Principal } from '@crosswind/iam/principal';
import { anyName } from './decide-call.ts';

/** Something that would keep a parent from starting, watching or stopping its child, or that lets it do more. */
export interface ReachFinding {
  /** ARN of the parent state machine. */
  readonly parent: string;
  readonly message: string;
  /** Statements that would fix it; empty if no statement can. */
  readonly mends: readonly Mend[];
}

/**
 * Proves, over both accounts' synthesized templates, that every parent workflow can start, poll and stop its child in the
 * other account, and that the roles between them can do nothing else.
 */
export function crossAccountStartFindings(stacks: readonly Stack[]): readonly ReachFinding[] {
  return judgeStarts(stacks, (start, parentRole, targetRole) => [
    ...missing(start, parentRole, targetRole),
    ...excess(start, parentRole, targetRole).map((message) => ({ parent: start.parent.arn, message, mends: [] })),
  ]);
}

/** Only what would keep a parent from starting, polling or stopping its child. */
export function missingForCrossAccountStart(stacks: readonly Stack[]): readonly ReachFinding[] {
  return judgeStarts(stacks, missing);
}

type Judge = (start: CrossAccountStart, parentRole: RoleResource, targetRole: RoleResource) => readonly ReachFinding[];

function judgeStarts(stacks: readonly Stack[], judge: Judge): readonly ReachFinding[] {
  const machines = new Set(stacks.flatMap(stateMachinesOf).map(({ arn }) => arn));
  return crossAccountStarts(stacks).flatMap((start) => {
    const unknown = (message: string): readonly ReachFinding[] => [{ parent: start.parent.arn, message, mends: [] }];
    const parentRole = roleAt(stacks, start.parent.roleArn);
    const targetRole = roleAt(stacks, start.targetRoleArn);
    if (!machines.has(start.childArn)) return unknown(`no stack defines the child ${start.childArn}`);
    if (!parentRole) return unknown(`no stack defines the parent's role ${start.parent.roleArn}`);
    if (!targetRole) return unknown(`no stack defines the target role ${start.targetRoleArn}`);
    return judge(start, parentRole, targetRole);
  });
}

function roleAt(stacks: readonly Stack[], arn: string): RoleResource | undefined {
  for (const stack of stacks) {
    const role = stack.resources.find((resource) => resource.type === 'AWS::IAM::Role' && resource.arn === arn);
    if (role) return toRole(stack, role);
  }
  return undefined;
}

/** The calls that Step Functions makes for one start (concepts-cross-acct-sync-pattern), and why any of them is denied. */
function missing(
  start: CrossAccountStart,
  parentRole: RoleResource,
  targetRole: RoleResource,
): readonly ReachFinding[] {
  const execution = `${start.childArn.replace(':stateMachine:', ':execution:')}:${anyName}`;
  const assume = authorize(
    {
      principal: sessionOf(parentRole),
      action: 'sts:AssumeRole',
      resource: targetRole.arn,
      resourceAccount: targetRole.account,
      context: { 'sts:ExternalId': start.parent.arn },
    },
    { identity: sourcesOf(parentRole), resource: trustOf(targetRole) },
  );
  const calls = [
    ['states:StartExecution', start.childArn],
    ...(start.waits
      ? [
          ['states:DescribeExecution', execution],
          ['states:StopExecution', execution],
        ]
      : []),
  ];
  const decisions = calls.map(([action = '', resource = '']) =>
    authorize(
      { principal: sessionOf(targetRole), action, resource, resourceAccount: accountOf(start.childArn), context: {} },
      { identity: sourcesOf(targetRole) },
    ),
  );
  return [assume, ...decisions]
    .filter((decision): decision is Denied => !decision.allowed)
    .map((denied) => ({
      parent: start.parent.arn,
      message: denied.reason,
      mends: denied.kind === 'implicit deny' ? denied.mends : [],
    }));
}

/** Doors that stand open although nothing needs them. */
function excess(start: CrossAccountStart, parentRole: RoleResource, targetRole: RoleResource): readonly string[] {
  const stranger: Principal = {
    kind: 'role',
    roleArn: parentRole.arn.replace(/[^/]+$/, 'stranger'),
    sessionArn: parentRole.arn.replace(':iam:', ':sts:').replace(/role\/.*$/, 'assumed-role/stranger/s'),
    account: parentRole.account,
  };
  const anyone: PolicySource = {
    name: 'allows everything',
    document: { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
  };
  const assume = (principal: Principal, externalId: string) =>
    authorize(
      {
        principal,
        action: 'sts:AssumeRole',
        resource: targetRole.arn,
        resourceAccount: targetRole.account,
        context: { 'sts:ExternalId': externalId },
      },
      { identity: [anyone], resource: trustOf(targetRole) },
    ).allowed;
  const open: string[] = [];
  if (assume(stranger, start.parent.arn)) {
    open.push(`${targetRole.arn} trusts every role of account ${parentRole.account}, not only ${parentRole.arn}`);
  }
  if (assume(sessionOf(parentRole), `${start.parent.arn}-other`)) {
    open.push(`${targetRole.arn} does not require sts:ExternalId to be ${start.parent.arn}`);
  }
  const accountRoot = parentRole.arn.replace(/:role\/.*$/, ':root');
  const own = [start.childArn, `${start.childArn.replace(':stateMachine:', ':execution:')}:*`];
  return [
    ...open,
    ...othersTrusted(targetRole, [accountRoot, parentRole.arn]),
    ...othersTrusted(parentRole, ['states.amazonaws.com']),
    ...grants(targetRole)
      .filter(({ action, resource }) => !targetActions.has(action) || !own.includes(resource))
      .map(({ action, resource }) => `${targetRole.arn} allows ${action} on ${resource}, which no start needs`),
    ...grants(parentRole)
      .filter(
        ({ action, resource }) =>
          !telemetry.test(action) && !(action === 'sts:AssumeRole' && resource === targetRole.arn),
      )
      .map(({ action, resource }) => `${parentRole.arn} allows ${action} on ${resource}, which no start needs`),
  ];
}

function othersTrusted({ arn, trust }: RoleResource, expected: readonly string[]): readonly string[] {
  return [(trust as unknown as PolicyDocument).Statement]
    .flat()
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Principal = '*' }) => (Principal === '*' ? ['*'] : Object.values(Principal).flat()))
    .filter((name) => !expected.includes(name))
    .map((name) => `${arn} trusts ${name}, which no start needs`);
}

const targetActions = new Set(['states:StartExecution', 'states:DescribeExecution', 'states:StopExecution']);

/** Actions for logging and tracing, which every state machine's role has. */
const telemetry = /^(logs|xray):[A-Za-z]+$/;

function grants({ policies }: RoleResource): readonly { readonly action: string; readonly resource: string }[] {
  return policies
    .flatMap(({ document }) => [(document as unknown as PolicyDocument).Statement].flat())
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap((statement) => {
      const actions = statement.Action === undefined ? ['everything but some actions'] : [statement.Action].flat();
      const resources =
        statement.Resource === undefined ? ['everything but some resources'] : [statement.Resource].flat();
      return actions.flatMap((action) => resources.map((resource) => ({ action, resource })));
    });
}

const sessionOf = ({ arn, account, name }: RoleResource): Principal => ({
  kind: 'role',
  roleArn: arn,
  sessionArn: `arn:aws:sts::${account}:assumed-role/${name}/proof`,
  account,
});

const sourcesOf = ({ name, policies }: RoleResource): readonly PolicySource[] =>
  policies.map((policy) => ({
    name: `policy ${policy.name} of role ${name}`,
    document: policy.document as unknown as PolicyDocument,
  }));

const trustOf = ({ name, trust }: RoleResource): PolicySource => ({
  name: `trust policy of role ${name}`,
  document: trust as unknown as PolicyDocument,
});
