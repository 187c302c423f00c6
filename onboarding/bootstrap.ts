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
  /** Each region that it has stacks in. */
  readonly regions: readonly string[];
  /** Accounts that may deploy to it, besides itself. */
  readonly trust: readonly string[];
  /** ARN of the policy of its execution role. */
  readonly executionPolicy: string;
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
      const environment = {
        account: account.name,
        id: account.id,
        kind: kindOf(platform, account),
        regions,
        // An account trusts itself anyway.
        trust: account.id === trusted ? [] : [trusted],
        executionPolicy: `arn:${partitionOf(account.region)}:iam::${account.id}:policy/${executionPolicyName}`,
      };
      return { ...environment, commands: commandsOf(environment) };
    }),
  };
}

function kindOf({ pipeline, monitoring }: Platform, { name }: Account): AccountKind {
  if (name === pipeline.account) return 'pipeline';
  return name === monitoring.account ? 'monitoring' : 'workload';
}

const policyFile = (kind: AccountKind): string => `${executionPolicyName}-${kind}.json`;

/** Name of the bootstrap's stack: one of its own, else it would replace a bootstrap that somebody else needs. */
export const toolkitStackName = `${bootstrapQualifier}-toolkit`;

function commandsOf({
  id,
  kind,
  regions,
  trust,
  executionPolicy: policy,
}: Omit<BootstrapCommands, 'commands'>): readonly string[] {
  const options = [
    `--qualifier ${bootstrapQualifier}`,
    `--toolkit-stack-name ${toolkitStackName}`,
    '--termination-protection',
    ...trust.map((account) => `--trust ${account}`),
    `--cloudformation-execution-policies ${policy}`,
  ].join(' ');
  return [
    `aws iam create-policy --policy-name ${executionPolicyName} --policy-document file://${policyFile(kind)}`,
    ...regions.map((where) => `npx cdk bootstrap aws://${id}/${where} ${options}`),
  ];
}
