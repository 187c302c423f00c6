import { resolve } from 'node:path';
import { Command } from 'commander';
import { partitionOf } from '@crosswind/aws/partition';
import { adminRoleName, operatorRoleName } from '@crosswind/sandbox/iam/operator-role';
import { credentialsFor } from '@crosswind/sandbox/iam/session-credentials';
import { nearest } from '../../config/nearest.ts';
import { WrongInput } from '../failure.ts';
import type { Clone } from '../../blocks/discover-workloads.ts';
import type { Io } from '../io.ts';
import { port } from '../options.ts';
import { accountCalled } from '../platform/named-account.ts';
import { readPlatform } from '../read-platform.ts';
import { credentialsKey } from '../local/credentials-key.ts';
import { defaultPort } from '../local/default-port.ts';
import { type ServedAccount, servedBy } from '../local/served-port.ts';
import { terminalOf } from '../terminal.ts';

/** Name of the management account, which `platform.yaml` names by its id only. */
const managementName = 'management';

interface CredentialsOptions {
  readonly port?: number;
  readonly file: string;
  readonly json: boolean;
}

interface Requested extends CredentialsOptions {
  /** Name or id. */
  readonly account: string;
  readonly role: string;
}

/** `crosswind credentials`: who somebody is in the sandbox. */
export function credentialsCommand(io: Io, clone: Clone): Command {
  return new Command('credentials')
    .description('print credentials of a role for `crosswind sandbox`; they are good for nothing else')
    .argument('<account>', 'name or id of an account of the platform, or id of one of the app that is served')
    .argument('[role]', 'name of a role there, or admin', operatorRoleName)
    .option(
      '--port <n>',
      `the port of the sandbox (default: that of the only one that this clone serves now, or ${defaultPort})`,
      port(1),
    )
    .option('--file <file>', 'the platform', resolve(clone.root, 'platform.yaml'))
    .option('--json', 'print the variables as JSON', false)
    .addHelpText(
      'after',
      [
        '',
        'Without a role they are of one that reads everything in the account and starts, stops and redrives its executions;',
        "in the pipeline's account it may also assume the runner roles, as `crosswind run` does.",
        `admin is short for ${adminRoleName}, a simulated person who may do everything in the account.`,
        `The management account is called ${managementName}: with its credentials \`crosswind organization check\` reads the sandbox.`,
        '',
        '  eval "$(npx crosswind credentials wind-parent-dev)"',
        '  aws stepfunctions list-state-machines',
        '  eval "$(npx crosswind credentials wind-parent-dev admin)"',
        '  npx cdk bootstrap',
        '',
        'Exit codes: 0 printed, 1 wrong input.',
      ].join('\n'),
    )
    .action((account: string, role: string, options: CredentialsOptions) =>
      print(io, clone, { account, role, ...options }),
    );
}

async function print(io: Io, clone: Clone, options: Requested): Promise<void> {
  const { account } = options;
  const role = options.role === 'admin' ? adminRoleName : options.role;
  if (!/^[\w+=,.@-]{1,64}$/.test(role)) {
    throw new WrongInput(`a role is named without account and path, for example ${operatorRoleName}, got "${role}"`);
  }
  const served = await servedBy(clone.root, options.port);
  const { id, region } = await accountOf(clone, account, options.file, served?.accounts ?? []);
  checkRole(role, account, served?.roles[id]);
  const sessionArn = `arn:${partitionOf(region)}:sts::${id}:assumed-role/${role}/crosswind`;
  const { accessKeyId, secretAccessKey, sessionToken } = credentialsFor(await credentialsKey(clone.root), sessionArn);
  const variables = {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_REGION: region,
    // The AWS CLI before version 2, and boto3, know no other.
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${options.port ?? served?.port ?? defaultPort}`,
  };
  const terminal = terminalOf(io, { json: false });
  if (options.json) terminal.out(JSON.stringify(variables, null, 2));
  else for (const [variable, value] of Object.entries(variables)) terminal.out(`export ${variable}=${value}`);
}

/** The account of a served app with that id, else the one that the platform calls so. */
async function accountOf(
  clone: Clone,
  word: string,
  file: string,
  served: readonly ServedAccount[],
): Promise<ServedAccount> {
  const known = served.find(({ id }) => id === word);
  if (known) return known;
  const platform = await readPlatform(clone, resolve(file));
  const { managementAccount } = platform.organization;
  const isListed = platform.accounts.some(({ id, name }) => id === word || name === word);
  if (!isListed && [managementAccount, managementName].includes(word)) {
    return { id: managementAccount, region: platform.region };
  }
  return accountCalled(platform, word);
}

/** Refuses a role that the served account does not have. What another process serves is not known. */
function checkRole(role: string, account: string, names: readonly string[] | undefined): void {
  if (names === undefined || names.includes(role)) return;
  const meant = nearest(role, names);
  const hint = meant === undefined ? '' : ` (did you mean "${meant}"?)`;
  const list = [...names].sort().map((name) => `  ${name}`);
  throw new WrongInput(
    `account "${account}" of the sandbox has no role "${role}"${hint}; expected one of these:\n${list.join('\n')}`,
  );
}
