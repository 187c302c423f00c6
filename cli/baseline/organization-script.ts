import type { AccountBaseline } from '../../onboarding/baseline/baseline.ts';
import type { OrganizationPolicy } from '../../policies/organization/organization-policies.ts';
import { quoted } from './shell.ts';

export interface OrganizationScriptProps {
  readonly policies: readonly OrganizationPolicy[];
  readonly accounts: readonly AccountBaseline[];
  /** True if these are all accounts of the platform, so that every other target of a policy is worth a line. */
  readonly isWhole: boolean;
  /** Directory with the policies, each in a file of its name. */
  readonly directory: string;
}

/**
 * A shell script for the administrator of the organization: creates or updates each policy, and attaches it to the
 * accounts of its kinds. It can be run again, also after it has failed.
 */
export const organizationScript = (props: OrganizationScriptProps): readonly string[] => [
  '#!/usr/bin/env bash',
  '# Creates or updates the policies of the organization, and attaches each to the accounts of its kind. Run it again',
  '# after each change of accounts or policies: what is there already stays as it is. Read it, then run it with the',
  '# AWS CLI and credentials of the management account, on one account first. The policies do not bind that account.',
  '# They do not stop the role crosswind-break-glass: create it before, with what `npx crosswind baseline --break-glass`',
  '# prints, because they deny its creation afterwards.',
  '# Usage: bash attach-policies.sh [directory with the policies]',
  'set -euo pipefail',
  `policies=${quoted(props.directory)}`,
  'if [ $# -gt 0 ]; then policies="$1"; fi',
  `root="$(aws organizations list-roots --query 'Roots[].Id' --output text | xargs)"`,
  '',
  ...functions,
  '',
  ...[...new Set(props.policies.map(({ type }) => type))].map((type) => `enable ${type}`),
  ...props.policies.flatMap((policy) => ['', ...linesOf(policy, props)]),
  '',
  `echo 'the policies are attached'`,
];

function linesOf({ name, type, kinds }: OrganizationPolicy, { accounts, isWhole }: OrganizationScriptProps) {
  const targets = accounts.filter(({ kind }) => kinds.includes(kind));
  return [
    `policy ${name} ${type}`,
    ...targets.map(({ id, account }) => `attach ${id} ${account}`),
    ...(isWhole ? [`others ${targets.map(({ id }) => id).join(' ')}`] : []),
  ];
}

// With text output, the AWS CLI queries each page: an empty one gives an empty line, so results are lists without `| [0]`.
const functions: readonly string[] = [
  '# enable <type>: enables a type of policies in the root and waits until it is, which AWS does in the background',
  'enable() {',
  '  local status requested= attempt',
  '  for attempt in {1..30}; do',
  `    status="$(aws organizations list-roots --query "Roots[0].PolicyTypes[?Type=='$1'].Status" --output text | xargs)"`,
  '    if [ "$status" = ENABLED ]; then return; fi',
  '    if [ -z "$status$requested" ]; then',
  '      aws organizations enable-policy-type --root-id "$root" --policy-type "$1" > /dev/null',
  '      requested=yes',
  '      echo "$1: enabled"',
  '    else',
  '      sleep 2',
  '    fi',
  '  done',
  '  echo "$1 is not enabled after a minute (status: ${status:-none}): run the script again" >&2',
  '  return 1',
  '}',
  '',
  '# policy <name> <type>: creates or updates it; leaves its id in $id and the ids of its targets in $targets',
  'policy() {',
  '  local file="$policies/$1.json"',
  `  id="$(aws organizations list-policies --filter "$2" --query "Policies[?Name=='$1'].Id" --output text | xargs)"`,
  '  if [ -z "$id" ]; then',
  `    id="$(aws organizations create-policy --name "$1" --type "$2" --description 'Guards of the platform' --content "file://$file" --query Policy.PolicySummary.Id --output text)"`,
  '    echo "$1: created"',
  '  elif [ "$(aws organizations describe-policy --policy-id "$id" --query Policy.Content --output text)" = "$(cat "$file")" ]; then',
  '    echo "$1: unchanged"',
  '  else',
  '    aws organizations update-policy --policy-id "$id" --content "file://$file" > /dev/null',
  '    echo "$1: updated"',
  '  fi',
  `  targets=" $(aws organizations list-targets-for-policy --policy-id "$id" --query 'Targets[].TargetId' --output text | tr -s '[:space:]' ' ') "`,
  '}',
  '',
  '# attach <account id> <name>: attaches the policy of $id, if it is not attached already',
  'attach() {',
  '  case "$targets" in *" $1 "*) return ;; esac',
  '  aws organizations attach-policy --policy-id "$id" --target-id "$1"',
  '  echo "  attached to $1 ($2)"',
  '}',
  '',
  '# others <account id...>: says which other accounts have the policy of $id',
  'others() {',
  '  local target',
  '  for target in $targets; do',
  '    if [ "${#target}" != 12 ]; then continue; fi',
  '    case " $* " in *" $target "*) continue ;; esac',
  '    echo "  $target has it, and is of another kind or has left the platform: aws organizations detach-policy --policy-id $id --target-id $target"',
  '  done',
  '}',
];
