import { partitionOf } from '@crosswind/aws/partition';
import { bootstrapQualifier } from '../config/bootstrap.ts';
import { accountNamed } from '../config/deployments.ts';
import type { Account, Platform } from '../config/schema.ts';
import { type PolicyDocument, executionPolicy, executionPolicyName } from './execution-policy.ts';

/** Resource types that a synthesized template deploys to an account. */
export interface DeployedTypes {
  readonly account: string;
  readonly region: string;
  readonly resourceTypes: readonly string[];
}

/** Accounts of one kind share a policy, so that a tenant that moves finds what it needs. */
export type AccountKind = 'pipeline' | 'monitoring' | 'workload';

export interface BootstrapPolicy {
  readonly kind: AccountKind;
  readonly file: string;
  readonly document: PolicyDocument;
}

export interface BootstrapCommands {
  readonly account: string;
  readonly id: string;
  readonly kind: AccountKind;
  /** With administrator credentials of the account, in this order. */
  readonly commands: readonly string[];
}

export interface Bootstrap {
  readonly policies: readonly BootstrapPolicy[];
  readonly accounts: readonly BootstrapCommands[];
}

/**
 * How the accounts are made ready for the pipeline, and for nobody else: each trusts the pipeline account alone, and
 * CloudFormation gets a policy of the services that the templates use instead of AdministratorAccess.
 * Accounts that are pending or detached trust nobody, so they are left out.
 */
export function bootstrapOf(platform: Platform, templates: readonly DeployedTypes[]): Bootstrap {
  const accounts = platform.accounts.filter(({ state }) => state === 'active' || state === 'draining');
  const kinds = new Map(accounts.map((account) => [account.id, kindOf(platform, account)]));
  const trusted = accountNamed(platform, platform.pipeline.account).id;
  const present = new Set(kinds.values());
  return {
    policies: (['pipeline', 'monitoring', 'workload'] as const)
      .filter((kind) => present.has(kind))
      .map((kind) => ({
        kind,
        file: policyFile(kind),
        document: executionPolicy(
          templates
            .filter(({ account }) => (kinds as ReadonlyMap<string, AccountKind>).get(account) === kind)
            .flatMap(({ resourceTypes }) => resourceTypes),
          platform.region,
        ),
      })),
    accounts: accounts.map((account) => {
      const own = templates.filter((template) => template.account === account.id).map(({ region }) => region);
      const regions = [...new Set([account.region, ...own])];
      const kind = kindOf(platform, account);
      return { account: account.name, id: account.id, kind, commands: commandsOf(account, kind, regions, trusted) };
    }),
  };
}

function kindOf({ pipeline, monitoring }: Platform, { name }: Account): AccountKind {
  if (name === pipeline.account) return 'pipeline';
  return name === monitoring.account ? 'monitoring' : 'workload';
}

const policyFile = (kind: AccountKind): string => `${executionPolicyName}-${kind}.json`;

function commandsOf(
  { id, region }: Account,
  kind: AccountKind,
  regions: readonly string[],
  trusted: string,
): readonly string[] {
  const policy = `arn:${partitionOf(region)}:iam::${id}:policy/${executionPolicyName}`;
  const options = [
    `--qualifier ${bootstrapQualifier}`,
    // A name of its own, else it would replace a bootstrap that somebody else needs.
    `--toolkit-stack-name ${bootstrapQualifier}-toolkit`,
    '--termination-protection',
    // An account trusts itself anyway.
    ...(id === trusted ? [] : [`--trust ${trusted}`]),
    `--cloudformation-execution-policies ${policy}`,
  ].join(' ');
  return [
    `aws iam create-policy --policy-name ${executionPolicyName} --policy-document file://${policyFile(kind)}`,
    ...regions.map((where) => `npx cdk bootstrap aws://${id}/${where} ${options}`),
  ];
}
