/** A word as a POSIX shell reads it. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** Command that gives a shell credentials of a served sandbox, by default those of the operator of an account. */
export const credentialsCommand = (account: string, port: string, role?: string): string =>
  `eval "$(npx crosswind credentials ${account}${role === undefined ? '' : ` ${role}`}${port === '' ? '' : ` --port ${port}`})"`;

/** A command of the AWS CLI for Step Functions. Options without a value are left out. */
function statesCommand(name: string, arn: string, options: readonly (readonly [string, string | undefined])[]): string {
  const region = arn.split(':')[3] ?? '';
  const words = [...options, ['--region', region] as const].flatMap(([option, value]) =>
    value === undefined || value === '' ? [] : [option, shellWord(value)],
  );
  return ['aws stepfunctions', name, ...words].join(' ');
}

export interface StartRequest {
  readonly machine: string;
  /** JSON text. */
  readonly input: string;
  /** Empty for a name that Step Functions chooses. */
  readonly name: string;
}

export const startCommand = ({ machine, input, name }: StartRequest): string =>
  statesCommand('start-execution', machine, [
    ['--state-machine-arn', machine],
    ['--name', name],
    ['--input', input],
  ]);

export interface StopRequest {
  readonly execution: string;
  /** Empty for none. */
  readonly error: string;
  readonly cause: string;
}

export const stopCommand = ({ execution, error, cause }: StopRequest): string =>
  statesCommand('stop-execution', execution, [
    ['--execution-arn', execution],
    ['--error', error],
    ['--cause', cause],
  ]);

export const redriveCommand = (execution: string): string =>
  statesCommand('redrive-execution', execution, [['--execution-arn', execution]]);

/**
 * Command that gives a role one more inline policy with a statement.
 * @param role ARN
 * @param statement JSON text
 */
export const allowCommand = (role: string, statement: string): string =>
  policyCommand(role, 'crosswind-fix', { Version: '2012-10-17', Statement: [JSON.parse(statement) as unknown] });

/** Command that replaces an inline policy of a role. */
export const policyCommand = (role: string, policy: string, document: unknown): string =>
  `aws iam put-role-policy --role-name ${shellWord(role.split('/').at(-1) ?? role)} --policy-name ${shellWord(policy)} --policy-document ${shellWord(JSON.stringify(document))}`;
