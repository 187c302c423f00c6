import { regions } from '@crosswind/aws/partition';
import { newAccountLambdaConcurrency } from '@crosswind/aws/quotas';
import { z } from 'zod';
import { type Contract, type Contracts, stagesFromEntry } from '../blocks/contract.ts';
import { allowance } from './allowance.ts';
import { nearest } from './nearest.ts';
import { schedule } from './schedule.ts';

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
/** An endpoint without user and password, which everybody could read in the template. */
const httpsEndpoint = /^https:\/\/[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:\d{1,5})?(\/[!-~]*)?$/;

/** A receiver of alerts. */
export const receiver = z
  .string(wrongReceiver())
  .regex(new RegExp(`${z.regexes.email.source}|${httpsEndpoint.source}`), {
    error: ({ input }) => wrongReceiver(input),
  });

function wrongReceiver(input?: unknown): string {
  const written = 'write one such as aws+dev@example.com or https://alerts.example.com/crosswind';
  return typeof input === 'string' && /^http:/i.test(input)
    ? 'an endpoint with https://, because over http:// anybody on the way reads and forges alerts; write https://'
    : `an e-mail address or an HTTPS endpoint; ${written}`;
}

export const region = z.enum(regions, {
  error: ({ input }) => {
    const meant = typeof input === 'string' ? nearest(input, regions) : undefined;
    return `an AWS region; ${meant === undefined ? 'write one such as us-east-1' : `did you mean "${meant}"?`}`;
  },
});

/** Amazon S3 User Guide, "General purpose bucket naming rules". */
export const bucketName = text(
  /^(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  'the name of a bucket, 3 to 63 lower-case letters, digits, dots or hyphens; write it without s3://',
);

export const connection = text(
  /^arn:aws[a-z-]*:(codeconnections|codestar-connections):[a-z\d-]+:\d{12}:connection\/[\w-]+$/,
  'the ARN of a CodeConnections connection; copy it from the AWS console',
);

/** States of an account from joining the platform to leaving it; docs/onboarding.md describes each. */
export const accountStates = ['pending', 'active', 'draining', 'detached'] as const;
export const accountState = z.enum(accountStates);

/** Quotas that AWS has granted to an account and that nobody can read at synthesis. */
const accountQuotas = z.strictObject({
  lambdaConcurrency: z
    .int()
    .min(1)
    .default(newAccountLambdaConcurrency)
    .describe(
      `Functions that may run at a time in the region of its workloads; ${newAccountLambdaConcurrency}, as in a new account, where it is not stated. Read it with \`aws lambda get-account-settings\`.`,
    ),
});

const account = z.strictObject({
  name: accountName.describe(
    'What the rest of the file calls it; in AWS Organizations it has the same name, unless awsName says otherwise.',
  ),
  awsName: z
    .string()
    // API_CreateAccount of AWS Organizations, AccountName.
    .regex(/^[ -~]{1,50}$/, 'the name in AWS Organizations, 1 to 50 ASCII characters; copy it from there')
    .optional()
    .describe('Its name in AWS Organizations, if that is not the name, for example Log Archive.'),
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
  frozen: z.boolean().default(false).describe('True if deployments to it stop, for now.'),
  region: region.optional().describe('Where its workloads run, if not in the region of the platform.'),
  quotas: accountQuotas.prefault({}).describe('Quotas that AWS has granted to it.'),
});

/** Characters of a tag's value ("Tagging AWS resources", requirements). */
const owner = text(
  /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u,
  'the team that owns the tenant, 1 to 256 letters, digits, spaces or _ . : / = + - @; name it',
);

/** States of a tenant; docs/onboarding.md, "Remove a tenant", describes how it leaves. */
export const tenantStates = ['active', 'removed'] as const;

const wave = z.strictObject({
  name: waveName,
  approval: z.boolean().default(false).describe('True if a person approves before this wave is deployed.'),
  frozen: z.boolean().default(false).describe('True if deployments of this wave stop, for now.'),
});

/** Where and how a tenant of a workload runs in one wave: an account for each stage. */
const tenantInWave = (contract: Contract) =>
  z.strictObject({
    ...Object.fromEntries(
      stagesFromEntry(contract).map(({ name: stage, description }) => [stage, accountName.describe(description)]),
    ),
    settings: contract.settings.prefault({}),
    schedule: schedule
      .optional()
      .describe(`How often the workflow of the ${contract.entry} starts by itself; without it, never.`),
  });

const tenantOf = (workload: string, contract: Contract) =>
  z.strictObject({
    name,
    workload: z.literal(workload).describe('A folder of services/.'),
    owner: owner.describe('The team that owns the tenant; its resources have it as a tag.'),
    state: z
      .enum(tenantStates)
      .default('active')
      .describe(
        'active: deployed. removed: for its last release, deployed without schedule, alarms and dashboards; then remove its lines.',
      ),
    waves: z
      .record(waveName, tenantInWave(contract))
      .describe('Per wave: where the tenant runs, and with which settings.'),
  });

/** A tenant of any workload; its own contract says which stages and settings it has. */
function tenantSchema(contracts: Contracts) {
  const [first, ...others] = [...contracts].map(([workload, contract]) => tenantOf(workload, contract));
  const noWorkload = 'no tenant, because services/ holds no workload; make one with `npx crosswind tenant new`';
  return first ? z.discriminatedUnion('workload', [first, ...others]) : z.never(noWorkload);
}

/**
 * Most buckets that the permissions boundary can name, however long their names are: a managed policy has at most 6,144
 * characters (IAM User Guide, "IAM and AWS STS quotas").
 */
export const mostPublicBuckets = 11;

/** The shape of everything but the tenants. */
const general = z.strictObject({
  organization: z.strictObject({
    id: text(
      /^o-[a-z0-9]{10,32}$/,
      'an AWS Organizations id such as o-exampleorg1; copy it from the AWS console',
    ).describe('Id of the AWS organization; permissions are bounded by it.'),
    managementAccount: accountId.describe('Id of its management account, where nothing of the platform is deployed.'),
    publicBuckets: z
      .array(bucketName)
      .max(mostPublicBuckets, {
        error: `at most ${mostPublicBuckets} buckets, which the permissions boundary has room for; copy what tenants read into a bucket of the organization`,
      })
      .default([])
      .describe(
        'Buckets outside the organization that roles of tenants may read. Nothing else outside can be reached.',
      ),
  }),
  region: region.describe('Where the platform runs.'),
  pipeline: z.strictObject({
    account: accountName.describe('The account that deploys to all others.'),
    repository: text(/^[\w.-]+\/[\w.-]+$/, 'owner/name; write it as in the address of the repository'),
    branch: z.string().min(1, 'the name of a branch; name one').default('main'),
    connection: connection.describe('ARN of the CodeConnections connection to the repository.'),
  }),
  monitoring: z.strictObject({
    account: accountName.describe('The account that sees the telemetry of all others.'),
    page: z
      .array(receiver)
      .min(1, 'at least one address; add one, else nobody would be woken')
      .describe('Who is woken at night: e-mail addresses and HTTPS endpoints. Each confirms its subscription.'),
    ticket: z
      .array(receiver)
      .default([])
      .describe('Who gets the tickets of the morning: e-mail addresses and HTTPS endpoints.'),
  }),
  waves: z
    .array(wave)
    .describe('Deployed in this order; the accounts of one wave side by side. Empty without tenants.'),
  accounts: z.array(account).min(1, 'at least one entry; add one'),
  allowances: z
    .array(allowance)
    .default([])
    .describe(
      'Resources whose data may go for now: `npx crosswind plan` fails on every other one that a change deletes or replaces.',
    ),
});

/** The shape of `platform.yaml` with these workloads: type, validator and source of the editor's completion in one. */
export const platformSchema = (contracts: Contracts) => general.extend({ tenants: z.array(tenantSchema(contracts)) });

/** The file as it is written, with defaults filled in. */
export type PlatformFile = z.infer<typeof general> & { readonly tenants: readonly TenantInFile[] };

interface TenantInFile extends Pick<Tenant, 'name' | 'workload' | 'owner' | 'state'> {
  /** Per wave: settings, schedule, and accounts by stage. */
  readonly waves: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** An account with the region that its workloads run in. */
export type Account = PlatformFile['accounts'][number] & { readonly region: string };
export type Platform = Omit<PlatformFile, 'accounts' | 'tenants'> & {
  readonly accounts: readonly Account[];
  readonly tenants: readonly Tenant[];
};
export type AccountName = z.infer<typeof accountName>;
export type AccountState = z.infer<typeof accountState>;
export type TenantState = (typeof tenantStates)[number];
export type Wave = Platform['waves'][number];
export type Schedule = z.infer<typeof schedule>;
/** Settings of any workload; its contract knows which. */
export type Settings = Readonly<Record<string, unknown>>;

export interface Tenant {
  readonly name: string;
  /** Name of its folder in `services/`. */
  readonly workload: string;
  readonly owner: string;
  readonly state: TenantState;
  /** The entry stage of the workload. */
  readonly entry: string;
  /** By name of the wave. */
  readonly waves: Readonly<Record<string, TenantInWave>>;
}

export interface TenantInWave {
  /** In the order in which they are deployed. */
  readonly stages: readonly StageInAccount[];
  readonly settings: Settings;
  readonly schedule?: Schedule;
}

export interface StageInAccount {
  readonly stage: string;
  readonly account: AccountName;
  /** Stages whose workflows it starts. */
  readonly starts: readonly string[];
  /** Setting that bounds how many functions run at a time in it; absent where none does. */
  readonly concurrencySetting?: string;
  /** Minutes that its workflow may go on after what it started has ended; absent where the contract says nothing. */
  readonly runsOnMinutes?: number;
  /** Further workflows of its account that start its own one; absent where there are none. */
  readonly startedWithin?: readonly string[];
}

/** The platform of a file that is valid: accounts that name no region are in the platform's. */
export function platformOfFile(file: PlatformFile, contracts: Contracts): Platform {
  return {
    ...file,
    accounts: file.accounts.map((entry) => ({ ...entry, region: entry.region ?? file.region })),
    tenants: file.tenants.map((tenant) => {
      const contract = contracts.get(tenant.workload);
      if (!contract) throw new Error(`there is no contract of the workload "${tenant.workload}"`);
      const waves = Object.entries(tenant.waves).map(([wave, placed]) => [wave, placedBy(contract, placed)]);
      return { ...tenant, entry: contract.entry, waves: Object.fromEntries(waves) as Tenant['waves'] };
    }),
  };
}

function placedBy({ stages }: Contract, placed: Readonly<Record<string, unknown>>): TenantInWave {
  const accounts = placed as Readonly<Record<string, AccountName>>;
  const { settings, schedule: starts } = placed as unknown as Pick<TenantInWave, 'settings' | 'schedule'>;
  return {
    stages: stages.flatMap(({ name: stage, starts: called = [], concurrencySetting, runsOnMinutes, startedWithin }) => {
      const account = accounts[stage];
      if (account === undefined) return [];
      return [
        {
          ...{ stage, account, starts: called },
          ...(concurrencySetting !== undefined && { concurrencySetting }),
          ...(runsOnMinutes !== undefined && { runsOnMinutes }),
          ...(startedWithin && { startedWithin }),
        },
      ];
    }),
    settings,
    ...(starts && { schedule: starts }),
  };
}
