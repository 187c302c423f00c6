import type { AccountBaseline, Baseline } from '../../onboarding/baseline/baseline.ts';
import { type RegionalStackSet, sinkPlaceholder, stackSetsOf } from './stack-sets.ts';

/**
 * The commands of the StackSets, for a person with credentials of the management account. They can be run again, also
 * after they have failed.
 * @param byScript accounts of the platform that are not of workloads
 */
export const stackSetScript = (baseline: Baseline, byScript: readonly AccountBaseline[]): readonly string[] => [
  '#!/usr/bin/env bash',
  '# Deploys the baseline of workload accounts by service-managed StackSets. Run it again after each change of accounts or',
  '# of the baseline: it creates what is missing, updates the rest, and attempts again what has failed.',
  '# Each region waits for the one before: the first has the roles that the others use.',
  '#',
  '# These accounts stay on the script of `npx crosswind baseline --script`. Deploy them first:',
  ...byScript.map(({ id, account, kind }) => `#   ${id} ${account} (${kind})`),
  '# The StackSets leave them out, and every other account of the units that is not a workload account of platform.yaml.',
  '# But each account that joins one of the units later gets the baseline of workloads: automatic deployments do not',
  '# consider filters of accounts (User Guide, "Enable or disable automatic deployments for StackSets"). Keep accounts',
  '# of other kinds outside of these units.',
  '# Usage: bash stack-sets.sh',
  'set -euo pipefail',
  `# Ids of the units with workload accounts: ${unitsOf(baseline).join(', ')}`,
  ': "${UNITS:?set UNITS to the ids of these units, separated by commas, for example ou-ab12-cdefghij}"',
  ...stackSetsOf(baseline).map(
    ({ region }) =>
      `: "\${${sinkVariable(region)}:?set it to the output SinkArn of the monitoring account in ${region}}"`,
  ),
  'inputs="$(mktemp -d)"',
  `trap 'rm -rf "$inputs"' EXIT`,
  '',
  ...functions(baseline.homeRegion),
  ...stackSetsOf(baseline).flatMap(linesOf),
  '',
  `echo 'the baseline of workload accounts is deployed'`,
];

const linesOf = ({ region, stackSet, accounts }: RegionalStackSet): readonly string[] => [
  '',
  `cat > "$inputs/${region}.json" <<'JSON'`,
  JSON.stringify(stackSet),
  'JSON',
  `sed -i.bak "s|${sinkPlaceholder(region)}|$${sinkVariable(region)}|" "$inputs/${region}.json"`,
  `stack_set ${stackSet.StackSetName} ${region}`,
  `instances ${stackSet.StackSetName} ${region} ${accounts.map(({ id }) => id).join(' ')}`,
  'if [ -n "$failed" ]; then exit 1; fi',
];

const sinkVariable = (region: string): string => sinkPlaceholder(region).replaceAll('-', '_');

/** Functions of the shell. The AWS CLI has no waiter for StackSets. With text output it queries each page. */
const functions = (homeRegion: string): readonly string[] => [
  `cloudformation() { aws cloudformation "$1" --region ${homeRegion} "\${@:2}"; }`,
  'failed=',
  'preferences=FailureTolerancePercentage=10,MaxConcurrentPercentage=25',
  '',
  '# finished <StackSet> <operation>: waits until the operation has ended, and fails unless it succeeded',
  'finished() {',
  '  local state=RUNNING',
  '  while [ "$state" = RUNNING ] || [ "$state" = QUEUED ] || [ "$state" = STOPPING ]; do',
  '    sleep "${POLL_SECONDS:-20}"',
  '    state="$(cloudformation describe-stack-set-operation --stack-set-name "$1" --operation-id "$2" --query StackSetOperation.Status --output text)" || return',
  '  done',
  '  echo "$1: $state"',
  '  if [ "$state" = SUCCEEDED ]; then return; fi',
  `  cloudformation list-stack-set-operation-results --stack-set-name "$1" --operation-id "$2" --query "Summaries[?Status=='FAILED'].[Account,Region,StatusReason]" --output text >&2`,
  '  return 1',
  '}',
  '',
  '# stack_set <StackSet> <region>: creates it, or updates it and its stacks, those that have failed before included',
  'stack_set() {',
  '  local found under_way operation',
  `  found="$(cloudformation list-stack-sets --status ACTIVE --query "Summaries[?StackSetName=='$1'].StackSetName" --output text | xargs)"`,
  '  if [ -z "$found" ]; then',
  '    cloudformation create-stack-set --cli-input-json "file://$inputs/$2.json" > /dev/null',
  '    echo "$1: created"',
  '    return',
  '  fi',
  '  # A StackSet has one operation at a time. What came of an earlier one is settled by the update.',
  `  under_way="$(cloudformation list-stack-set-operations --stack-set-name "$1" --query "Summaries[?contains(['RUNNING', 'QUEUED', 'STOPPING'], Status)].OperationId" --output text)"`,
  '  for operation in $under_way; do',
  '    finished "$1" "$operation" || true',
  '  done',
  '  operation="$(cloudformation update-stack-set --cli-input-json "file://$inputs/$2.json" --operation-preferences "$preferences" --query OperationId --output text)"',
  '  finished "$1" "$operation" || failed=yes',
  '}',
  '',
  '# without <StackSet> <region> <account id...>: the accounts that have no stack of it, separated by commas',
  'without() {',
  '  local has account',
  `  has=" $(cloudformation list-stack-instances --stack-set-name "$1" --query "Summaries[?Region=='$2'].Account" --output text | tr -s '[:space:]' ' ') " || return`,
  '  missing=',
  '  for account in "${@:3}"; do',
  '    case "$has" in *" $account "*) ;; *) missing="$missing${missing:+,}$account" ;; esac',
  '  done',
  '}',
  '',
  '# instances <StackSet> <region> <account id...>: creates the stacks that are missing',
  'instances() {',
  '  local operation',
  '  without "$@"',
  '  if [ -z "$missing" ]; then return; fi',
  '  operation="$(cloudformation create-stack-instances --stack-set-name "$1" --deployment-targets "OrganizationalUnitIds=$UNITS,Accounts=$missing,AccountFilterType=INTERSECTION" --regions "$2" --operation-preferences "$preferences" --query OperationId --output text)"',
  '  finished "$1" "$operation" || failed=yes',
  '  without "$@"',
  '  if [ -z "$missing" ]; then return; fi',
  '  echo "$1: $missing got no stack: expected accounts of the units $UNITS; correct UNITS, or move them" >&2',
  '  failed=yes',
  '}',
];

const unitsOf = ({ accounts }: Baseline): readonly string[] => [
  ...new Set(accounts.filter(({ kind }) => kind === 'workload').map(({ organizationalUnit }) => organizationalUnit)),
];
