import { accessRoleName } from '@crosswind/sandbox/iam/operator-role';
import type { AccountBaseline, Baseline } from '../../onboarding/baseline/baseline.ts';
import { bootstrapVariant, toolkitStackName } from '../../onboarding/baseline/baseline-template.ts';
import { noSink } from '../../onboarding/baseline/observability.ts';
import { jobsOf } from '../../config/account-kinds.ts';
import { breakGlassRoleName } from '../../config/role-names.ts';
import { within } from './within.ts';

/**
 * A shell script that deploys the baseline to one account after the other, those of monitoring first, with a role that it
 * assumes there. It can be run again: what is there already stays as it is, and a sink or a link that somebody has deleted
 * by hand comes back.
 */
export const baselineScript = (
  { kinds, accounts, monitoringAccount }: Baseline,
  partition: string,
): readonly string[] => [
  '#!/usr/bin/env bash',
  '# Deploys the baseline of the platform to its accounts. Read it, then run it with the AWS CLI and credentials of the',
  '# management account, or of another one whose principals may assume the role in every account.',
  `# Usage: bash baseline.sh [role to assume, default ${accessRoleName}]`,
  `# Where the service control policies of the platform are attached, they deny that role: bash baseline.sh ${breakGlassRoleName}`,
  'set -euo pipefail',
  `role="\${1:-${accessRoleName}}"`,
  'templates="$(mktemp -d)"',
  'ended() {',
  '  local status=$?',
  '  rm -rf "$templates"',
  `  if [ "$status" != 0 ] && [ "$role" != ${breakGlassRoleName} ]; then`,
  `    echo "ended as $role; where the organization's policies are attached: bash baseline.sh ${breakGlassRoleName}" >&2`,
  '  fi',
  '}',
  'trap ended EXIT',
  ...kinds.flatMap(({ kind, template }) => [
    '',
    `cat > "$templates/${kind}.template.json" <<'JSON'`,
    JSON.stringify(template),
    'JSON',
  ]),
  '',
  ...functions(partition),
  ...sinksOfOthers(accounts, monitoringAccount),
  ...accounts.flatMap((account) => ['', `# ${account.account} (${account.kind})`, ...linesOf(account)]),
  '',
  `echo 'the baseline is deployed'`,
];

const functions = (partition: string): readonly string[] => [
  ...within(partition),
  '',
  '# deploy <account id> <region> <kind> [parameter=value...]',
  'deploy() {',
  '  local account="$1" region="$2" kind="$3"',
  '  shift 3',
  '  echo "$kind account $account in $region"',
  `  within "$account" aws cloudformation deploy --region "$region" --stack-name ${toolkitStackName} --template-file "$templates/$kind.template.json" --capabilities CAPABILITY_NAMED_IAM --no-fail-on-empty-changeset --tags platform=crosswind --parameter-overrides "BootstrapVariant=${bootstrapVariant}" "$@"`,
  `  within "$account" aws cloudformation update-termination-protection --region "$region" --stack-name ${toolkitStackName} --enable-termination-protection > /dev/null`,
  '}',
  '',
  '# gone <account id> <region> <Sink|Link> <list-sinks|list-links> <query>: true if the stack has it, and nobody else does.',
  '# CloudFormation sees no change then, and creates it only after it has left the stack.',
  'gone() {',
  '  local arn there',
  `  arn="$(within "$1" aws cloudformation describe-stack-resources --region "$2" --stack-name ${toolkitStackName} --logical-resource-id "$3" --query 'StackResources[0].PhysicalResourceId' --output text 2> /dev/null)" || return 1`,
  '  [[ "$arn" == arn:* ]] || return 1',
  '  there="$(within "$1" aws oam "$4" --region "$2" --query "$5" --output text)" || exit',
  '  [ -z "$there" ] || return 1',
  '  echo "$arn was deleted by hand or leads elsewhere, and is created again"',
  '}',
  '',
  '# deploy_sink <account id> <region> <kind>',
  'deploy_sink() {',
  `  if gone "$1" "$2" Sink list-sinks 'Items[].Arn'; then deploy "$@" HasSink=false; fi`,
  '  deploy "$@" HasSink=true',
  '}',
  '',
  '# deploy_link <account id> <region> <kind> <ARN of the sink>',
  'deploy_link() {',
  `  if gone "$1" "$2" Link list-links "Items[?SinkArn=='$4'].Arn"; then deploy "$1" "$2" "$3" SinkArn=${noSink}; fi`,
  '  deploy "$1" "$2" "$3" "SinkArn=$4"',
  '}',
  '',
  '# sink <account id> <region>: prints the ARN that the other accounts link to',
  'sink() {',
  `  within "$1" aws cloudformation describe-stacks --region "$2" --stack-name ${toolkitStackName} --query "Stacks[0].Outputs[?OutputKey=='SinkArn'].OutputValue" --output text`,
  '}',
];

/** Looks up the sinks where the account of monitoring is not among those that get the baseline. */
function sinksOfOthers(accounts: readonly AccountBaseline[], monitoringAccount: string): readonly string[] {
  if (accounts.some(({ id }) => id === monitoringAccount)) return [];
  const regions = new Set(accounts.flatMap((account) => account.regions));
  return ['', ...[...regions].map((region) => `${sinkVariable(region)}="$(sink ${monitoringAccount} ${region})"`)];
}

const linesOf = ({ id, kind, regions }: AccountBaseline): readonly string[] =>
  regions.flatMap((region) =>
    jobsOf(kind).includes('monitoring')
      ? [`deploy_sink ${id} ${region} ${kind}`, `${sinkVariable(region)}="$(sink ${id} ${region})"`]
      : [`deploy_link ${id} ${region} ${kind} "$${sinkVariable(region)}"`],
  );

/** Name of the shell variable with the sink of a region. */
const sinkVariable = (region: string): string => `sink_${region.replaceAll('-', '_')}`;
