import { authorize } from '@crosswind/iam/authorize';
import type { PolicyDocument, PolicySource } from '@crosswind/iam/policy-document';
import type { AccessRequest } from '@crosswind/iam/request';
import type { RecordedDenial, RecordedExecution } from '../../../run-record/run-record.ts';
import { elementsIn, textIn } from '../../../aws/signed-request.ts';
import { accountIn, type Hop } from '../../executions.ts';
import type { StageAccess } from './stage-access.ts';

/** The policies of a role in the account of a stage. */
export interface RolePolicies {
  readonly trust: PolicySource;
  readonly inline: readonly PolicySource[];
  /** True if managed policies are attached, too; nobody has read them. */
  readonly hasMore: boolean;
}

const nameOf = (roleArn: string): string => roleArn.split('/').at(-1) ?? roleArn;

/** Reads the policies of a role (API_GetRole, API_ListRolePolicies, API_GetRolePolicy, API_ListAttachedRolePolicies). */
export async function readPolicies(access: StageAccess, roleArn: string): Promise<RolePolicies> {
  const ask = (Action: string, more: Readonly<Record<string, string>> = {}): Promise<string> =>
    access.send({
      service: 'iam',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ Action, Version: '2010-05-08', RoleName: nameOf(roleArn), ...more }).toString(),
    });
  const documentIn = (xml: string, element: string): PolicyDocument =>
    JSON.parse(decodeURIComponent(textIn(xml, element) ?? '%7B%7D')) as PolicyDocument;
  const trust = {
    name: `trust policy of ${nameOf(roleArn)}`,
    document: documentIn(await ask('GetRole'), 'AssumeRolePolicyDocument'),
  };
  const inline: PolicySource[] = [];
  for (const PolicyName of elementsIn(textIn(await ask('ListRolePolicies'), 'PolicyNames') ?? '', 'member')) {
    inline.push({
      name: PolicyName,
      document: documentIn(await ask('GetRolePolicy', { PolicyName }), 'PolicyDocument'),
    });
  }
  const attached = await ask('ListAttachedRolePolicies');
  return { trust, inline, hasMore: attached.includes('<PolicyArn>') };
}

/** Calls of a waiting task that the inline policies of the role it assumes do not allow. */
export function deniedByPolicies({ called }: Hop, roleArn: string, policies: RolePolicies): readonly RecordedDenial[] {
  // A managed policy that nobody has read may allow what these do not.
  if (policies.hasMore) return [];
  const account = accountIn(roleArn);
  const sessionArn = roleArn.replace(':iam:', ':sts:').replace(/:role\/(?:.*\/)?([^/]+)$/, ':assumed-role/$1/polling');
  const principal = { kind: 'role', roleArn, sessionArn, account } as const;
  return ['states:DescribeExecution', 'states:StopExecution'].flatMap((action) =>
    denialOf(
      { principal, action, resource: called.arn, resourceAccount: account, context: contextOf(called) },
      { identity: policies.inline },
    ),
  );
}

/**
 * The start that the trust policy of a role does not allow. The policies of the caller are taken as allowing it, so only
 * what the trust policy says is found.
 * @param callerRole ARN of the role that the state machine runs as
 */
export function deniedByTrust(
  caller: RecordedExecution,
  callerRole: string,
  roleArn: string,
  { trust }: RolePolicies,
): readonly RecordedDenial[] {
  const account = accountIn(callerRole);
  const sessionArn = callerRole
    .replace(':iam:', ':sts:')
    .replace(/:role\/(?:.*\/)?([^/]+)$/, ':assumed-role/$1/starting');
  const everything: PolicySource = {
    name: 'everything',
    document: { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
  };
  return denialOf(
    {
      principal: { kind: 'role', roleArn: callerRole, sessionArn, account },
      action: 'sts:AssumeRole',
      resource: roleArn,
      resourceAccount: accountIn(roleArn),
      context: { ...contextOf(caller), 'sts:ExternalId': caller.stateMachineArn },
    },
    { identity: [everything], resource: trust },
  );
}

const contextOf = ({ arn }: RecordedExecution) => ({ 'aws:RequestedRegion': arn.split(':')[3] ?? '' });

function denialOf(request: AccessRequest, policies: Parameters<typeof authorize>[1]): readonly RecordedDenial[] {
  const decision = authorize(request, policies);
  if (decision.allowed || decision.kind === 'undecidable') return [];
  const { principal, action, resource, resourceAccount: account } = request;
  return [
    {
      id: `policy-${action}`,
      principal: principal.kind === 'role' ? principal.roleArn : '',
      ...{ action, resource, account },
      reason: decision.reason,
      times: 1,
      fixes:
        decision.kind === 'implicit deny'
          ? decision.mends.map(({ document, of, statement }) => ({ document, of, statement: { ...statement } }))
          : [],
    },
  ];
}
