import type { Baseline } from '../../onboarding/baseline/baseline.ts';
import { bootstrapVariant } from '../../onboarding/baseline/baseline-template.ts';
import { stackSetPrefix } from '../../policies/organization/guarded.ts';

/** Input of `CreateStackSet`. */
export interface StackSet {
  readonly StackSetName: string;
  readonly Description: string;
  readonly TemplateBody: string;
  readonly PermissionModel: 'SERVICE_MANAGED';
  readonly AutoDeployment: { readonly Enabled: true; readonly RetainStacksOnAccountRemoval: true };
  readonly Capabilities: readonly ['CAPABILITY_NAMED_IAM'];
  readonly Parameters: readonly { readonly ParameterKey: string; readonly ParameterValue: string }[];
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
}

/** A StackSet with the region that its stacks are in. */
export interface RegionalStackSet {
  readonly region: string;
  readonly stackSet: StackSet;
}

/** Stands for the ARN of a region's sink, which the baseline of the monitoring account prints. */
const sinkPlaceholder = (region: string): string => `SINK_ARN_OF_${region}`;

/**
 * Service-managed StackSets for the workload accounts, one per region, the region with the roles first. An account that
 * joins a unit gets the baseline by itself; one that leaves keeps it, else it would lose the bucket of its assets.
 * The accounts of monitoring and of the pipeline are one of a kind each: they get theirs by the script.
 */
export function stackSetsOf({ kinds, accounts, homeRegion }: Baseline): readonly RegionalStackSet[] {
  const template = kinds.find(({ kind }) => kind === 'workload')?.template;
  if (!template) return [];
  const regions = accounts.filter(({ kind }) => kind === 'workload').flatMap((account) => account.regions);
  return [...new Set([homeRegion, ...regions])].map((region) => ({
    region,
    stackSet: {
      StackSetName: `${stackSetPrefix}${region}`,
      Description: template.Description,
      TemplateBody: JSON.stringify(template),
      PermissionModel: 'SERVICE_MANAGED',
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: true },
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      Parameters: [
        { ParameterKey: 'BootstrapVariant', ParameterValue: bootstrapVariant },
        { ParameterKey: 'SinkArn', ParameterValue: sinkPlaceholder(region) },
      ],
      Tags: [{ Key: 'platform', Value: 'crosswind' }],
    },
  }));
}

/** The commands of the StackSets, for a person with credentials of the management account. */
export const stackSetScript = (baseline: Baseline): readonly string[] => {
  const units = unitsOf(baseline);
  return [
    '#!/usr/bin/env bash',
    '# Deploys the baseline of workload accounts by service-managed StackSets. Deploy that of the accounts of monitoring',
    '# and of the pipeline first, with the script of `crosswind baseline --script`. Each region waits for the one before:',
    '# the first has the roles that the others use. Usage: bash stack-sets.sh',
    'set -euo pipefail',
    `# Ids of the units with workload accounts: ${units.join(', ')}`,
    ': "${UNITS:?set UNITS to the ids of these units, separated by commas, for example ou-ab12-cdefghij}"',
    'inputs="$(mktemp -d)"',
    `trap 'rm -rf "$inputs"' EXIT`,
    ...waiting(baseline),
    ...stackSetsOf(baseline).flatMap(({ region, stackSet }) => [
      '',
      `: "\${${sinkPlaceholder(region).replaceAll('-', '_')}:?set it to the output SinkArn of the monitoring account in ${region}}"`,
      `cat > "$inputs/${region}.json" <<'JSON'`,
      JSON.stringify(stackSet),
      'JSON',
      `sed -i.bak "s|${sinkPlaceholder(region)}|$${sinkPlaceholder(region).replaceAll('-', '_')}|" "$inputs/${region}.json"`,
      `aws cloudformation create-stack-set --region ${baseline.homeRegion} --cli-input-json "file://$inputs/${region}.json"`,
      `operation="$(aws cloudformation create-stack-instances --region ${baseline.homeRegion} --stack-set-name ${stackSet.StackSetName} --deployment-targets "OrganizationalUnitIds=$UNITS" --regions ${region} --operation-preferences FailureTolerancePercentage=10,MaxConcurrentPercentage=25 --query OperationId --output text)"`,
      `finished ${stackSet.StackSetName} "$operation"`,
    ]),
  ];
};

/** A function of the shell: the AWS CLI has no waiter for StackSets. */
const waiting = ({ homeRegion }: Baseline): readonly string[] => [
  '',
  '# finished <StackSet> <operation>: waits until the operation has ended, and fails unless it succeeded',
  'finished() {',
  '  local state=RUNNING',
  '  while [ "$state" = RUNNING ] || [ "$state" = QUEUED ]; do',
  '    sleep 20',
  `    state="$(aws cloudformation describe-stack-set-operation --region ${homeRegion} --stack-set-name "$1" --operation-id "$2" --query StackSetOperation.Status --output text)"`,
  '  done',
  '  echo "$1: $state"',
  '  [ "$state" = SUCCEEDED ]',
  '}',
];

const unitsOf = ({ accounts }: Baseline): readonly string[] => [
  ...new Set(accounts.filter(({ kind }) => kind === 'workload').map(({ organizationalUnit }) => organizationalUnit)),
];
