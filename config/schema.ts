import { z } from 'zod';
import { schedule } from './schedule.ts';
import { windSpeedSettings } from './wind-speed-settings.ts';

// Messages read `what is expected; the fix`. Where a schema has none of its own, config/wording.ts supplies it.

/** Text of a form; one message, whether it has another form or another type. */
const text = (pattern: RegExp, expected: string) => z.string(expected).regex(pattern, expected);

const name = text(
  /^[a-z][a-z0-9-]{0,29}$/,
  '1 to 30 lower-case letters, digits or hyphens that start with a letter; give it such a name',
);

export const accountName = name.brand<'AccountName'>();
export const waveName = name.brand<'WaveName'>();
/** Quoted, because a bare number loses its leading zero. */
export const twelveDigits = '12 digits in quotes; write all of them, for example "011122223333"';
export const accountId = text(/^\d{12}$/, twelveDigits).brand<'AccountId'>();

export const email = z.email('an e-mail address; write one such as aws+dev@example.com');
export const region = text(/^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS region; write one such as us-east-1');

/** What an account is on its way from the organization into the platform and out again; docs/onboarding.md tells each. */
export const accountStates = ['pending', 'active', 'draining', 'detached'] as const;
export const accountState = z.enum(accountStates);

const account = z.strictObject({
  name: accountName.describe('What the rest of the file calls it; in AWS Organizations it has the same name.'),
  id: accountId.describe('12 digits in quotes, because a bare number would lose its leading zero.'),
  email: email.describe('Address of its root user, as AWS Organizations has it.'),
  organizationalUnit: z
    .string()
    .min(1, 'the unit that it is in; write its path below the root, for example Workloads/Dev')
    .describe('Path below the root, for example Workloads/Dev; Root for the root itself.'),
  state: accountState
    .default('active')
    .describe(
      'pending: known, nothing deployed. active: deployed. draining: stays as it is, nothing new. detached: in no template.',
    ),
  frozen: z.boolean().default(false).describe('Whether deployments to it stop, for now.'),
  region: region.optional().describe('Where its workloads run, if not in the region of the platform.'),
});

const wave = z.strictObject({
  name: waveName,
  approval: z.boolean().default(false).describe('Whether a person approves before this wave is deployed.'),
  frozen: z.boolean().default(false).describe('Whether deployments of this wave stop, for now.'),
});

const tenantInWave = z.strictObject({
  parent: accountName.describe('The account that runs the parent workflow.'),
  child: accountName.describe('The account that runs the child workflow.'),
  settings: windSpeedSettings.prefault({}),
  schedule: schedule.optional().describe('How often the parent starts by itself; without it, never.'),
});

const tenant = z.strictObject({
  name,
  workload: z.enum(['wind-speed']).describe('A folder of services/.'),
  owner: z.string().min(1, 'the team that owns the tenant; name it').describe('The team that owns the tenant.'),
  waves: z.record(waveName, tenantInWave).describe('Per wave: where the tenant runs, and with which settings.'),
});

const oneEntry = 'at least one entry; add one';

/** The shape of `platform.yaml`: type, validator and source of the editor's completion in one. */
export const platformSchema = z.strictObject({
  organization: z.strictObject({
    id: text(
      /^o-[a-z0-9]{10,32}$/,
      'an AWS Organizations id such as o-exampleorg1; copy it from the AWS console',
    ).describe('Id of the AWS organization; permissions are bounded by it.'),
    managementAccount: accountId.describe('Id of its management account, where nothing of the platform is deployed.'),
  }),
  region: region.describe('Where the platform runs.'),
  pipeline: z.strictObject({
    account: accountName.describe('The account that deploys to all others.'),
    repository: text(/^[\w.-]+\/[\w.-]+$/, 'owner/name; write it as it stands in the address of the repository'),
    branch: z.string().min(1, 'the name of a branch; name one').default('main'),
    connection: text(
      /^arn:aws[\w-]*:(codeconnections|codestar-connections):/,
      'the ARN of a CodeConnections connection; copy it from the AWS console',
    ).describe('ARN of the CodeConnections connection to the repository.'),
  }),
  monitoring: z.strictObject({
    account: accountName.describe('The account that sees the telemetry of all others.'),
    page: z
      .array(email)
      .min(1, 'at least one address; add one, else nobody would be woken')
      .describe('Who is woken at night.'),
    ticket: z.array(email).default([]).describe('Who is told in the morning.'),
  }),
  waves: z.array(wave).min(1, oneEntry).describe('Deployed in this order; the accounts of one wave side by side.'),
  accounts: z.array(account).min(1, oneEntry),
  tenants: z.array(tenant),
});

/** The file as it is written, with defaults filled in. */
type PlatformFile = z.infer<typeof platformSchema>;
/** An account with the region that its workloads run in. */
export type Account = PlatformFile['accounts'][number] & { readonly region: string };
export type Platform = Omit<PlatformFile, 'accounts'> & { readonly accounts: readonly Account[] };
export type AccountName = z.infer<typeof accountName>;
export type AccountState = z.infer<typeof accountState>;
export type Wave = Platform['waves'][number];
export type Tenant = Platform['tenants'][number];
export type TenantInWave = z.infer<typeof tenantInWave>;
export type Schedule = z.infer<typeof schedule>;

/** The platform of a file that is valid: accounts that name no region are in the platform's. */
export function platformOfFile(file: PlatformFile): Platform {
  return { ...file, accounts: file.accounts.map((entry) => ({ ...entry, region: entry.region ?? file.region })) };
}
