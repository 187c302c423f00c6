import type { StatementJson } from '@crosswind/iam/policy-document';
import type { Identities } from './identities.ts';

/** Name of the role that people who inspect a sandbox have in every account by default. */
export const operatorRoleName = 'crosswind-sandbox-operator';

/** Name of the role of a person with administrator rights. */
export const adminRoleName = 'crosswind-sandbox-admin';

/** Adds a role to an account, if it is not there, that may do everything there, as the person who bootstraps it. */
export function addAdminRole(
  identities: Identities,
  { account, partition }: Pick<OperatorRoleProps, 'account' | 'partition'>,
  name = adminRoleName,
): void {
  const arn = `arn:${partition}:iam::${account}:role/${name}`;
  if (identities.role(arn)) return;
  // Nobody assumes it within the sandbox: its credentials are derived.
  const role = identities.addRole({ arn, name, account, trust: { Statement: [] } });
  const statement: StatementJson = { Effect: 'Allow', Action: '*', Resource: '*' };
  role.policies.push({ name: 'administrator', document: { Version: '2012-10-17', Statement: [statement] } });
}

/** Name of the role that AWS Organizations puts into each account that it creates (orgs_manage_accounts_access). */
export const accessRoleName = 'OrganizationAccountAccessRole';

/** Adds that role, which administrators of the management account assume. */
export function addAccessRole(
  identities: Identities,
  {
    account,
    partition,
    managementAccount,
  }: Pick<OperatorRoleProps, 'account' | 'partition'> & { managementAccount: string },
): void {
  const arn = `arn:${partition}:iam::${account}:role/${accessRoleName}`;
  const trust: StatementJson = {
    Effect: 'Allow',
    Principal: { AWS: `arn:${partition}:iam::${managementAccount}:root` },
    Action: 'sts:AssumeRole',
  };
  const role = identities.addRole({ arn, name: accessRoleName, account, trust: { Statement: [trust] } });
  const everything: StatementJson = { Effect: 'Allow', Action: '*', Resource: '*' };
  role.policies.push({ name: 'AdministratorAccess', document: { Version: '2012-10-17', Statement: [everything] } });
}

export interface OperatorRoleProps {
  readonly account: string;
  readonly partition: string;
  /**
   * True if the role may assume the runner roles of other accounts, as the pipeline does.
   *
   * @default false
   */
  readonly runsTenants?: boolean;
  /**
   * Prefixes of further services that it reads, for example `dynamodb`.
   *
   * @default - none
   */
  readonly reads?: readonly string[];
}

/** Read-only actions of every service that the sandbox has. */
const reading = [
  'cloudwatch:Describe*',
  'cloudwatch:Get*',
  'cloudwatch:List*',
  'kms:Decrypt',
  'kms:DescribeKey',
  'lambda:Get*',
  'lambda:List*',
  'logs:Describe*',
  'logs:FilterLogEvents',
  'logs:Get*',
  'oam:Get*',
  'oam:List*',
  'organizations:Describe*',
  'organizations:List*',
  's3:Get*',
  's3:List*',
  'servicequotas:Get*',
  'ssm:Describe*',
  'ssm:Get*',
  'states:Describe*',
  'states:GetExecutionHistory',
  'states:List*',
  'states:ValidateStateMachineDefinition',
];

/** Actions that read, by the names that most services give them. */
const readingOf = (service: string): readonly string[] =>
  ['BatchGet*', 'Describe*', 'Get*', 'List*', 'Query', 'Scan'].map((action) => `${service}:${action}`);

/** Adds the operator's role to an account: it reads everything there, and starts, stops and redrives its executions. */
export function addOperatorRole(identities: Identities, props: OperatorRoleProps): void {
  const { account, partition, runsTenants = false, reads = [] } = props;
  const arn = `arn:${partition}:iam::${account}:role/${operatorRoleName}`;
  const statements: readonly StatementJson[] = [
    { Effect: 'Allow', Action: [...reading, ...reads.flatMap(readingOf)], Resource: '*' },
    {
      Effect: 'Allow',
      Action: ['states:StartExecution', 'states:StopExecution', 'states:RedriveExecution'],
      Resource: `arn:${partition}:states:*:${account}:*`,
    },
    ...(runsTenants
      ? [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Resource: `arn:${partition}:iam::*:role/crosswind-*-runner`,
          } as const,
        ]
      : []),
  ];
  // Nobody assumes it within the sandbox: its credentials are derived.
  const role = identities.addRole({ arn, name: operatorRoleName, account, trust: { Statement: [] } });
  role.policies.push({ name: 'operator', document: { Version: '2012-10-17', Statement: statements } });
}
