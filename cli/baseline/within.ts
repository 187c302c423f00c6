/** A function of the shell that runs a command in another account, as the role of the variable `role`. */
export const within = (partition: string): readonly string[] => [
  '# within <account id> <command...>: runs a command as the role in that account',
  'within() {',
  '  local account="$1" credentials id key token',
  '  shift',
  `  credentials="$(aws sts assume-role --role-arn "arn:${partition}:iam::$account:role/$role" --role-session-name crosswind-baseline --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text)" || return`,
  '  read -r id key token <<< "$credentials"',
  '  AWS_ACCESS_KEY_ID="$id" AWS_SECRET_ACCESS_KEY="$key" AWS_SESSION_TOKEN="$token" "$@"',
  '}',
];
