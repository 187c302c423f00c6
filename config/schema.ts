import { z } from 'zod';
import { windSpeedSettings } from './wind-speed-settings.ts';

const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,29}$/, 'must be 1 to 30 lower-case letters, digits or hyphens, starting with a letter');

const accountName = name.brand<'AccountName'>();
const waveName = name.brand<'WaveName'>();
/** Quoted, because a bare number loses its leading zero; hence one message for a wrong type and for a wrong text. */
const twelveDigits = 'must be exactly 12 digits in quotes, e.g. "111122223333"';
const accountId = z
  .string(twelveDigits)
  .regex(/^\d{12}$/, twelveDigits)
  .brand<'AccountId'>();

const email = z.email('must be an e-mail address');

const account = z.strictObject({
  name: accountName,
  id: accountId,
  email,
  organizationalUnit: z.string().min(1, 'must name an organizational unit'),
});

const wave = z.strictObject({
  name: waveName,
  approval: z.boolean().default(false).describe('Whether a person approves before this wave is deployed.'),
});

const tenantInWave = z.strictObject({
  parent: accountName.describe('The account that runs the parent workflow.'),
  child: accountName.describe('The account that runs the child workflow.'),
  settings: windSpeedSettings.prefault({}),
});

const tenant = z.strictObject({
  name,
  workload: z.enum(['wind-speed']).describe('A folder of services/.'),
  owner: z.string().min(1, 'must name the team that owns the tenant'),
  waves: z.record(waveName, tenantInWave).describe('Per wave: where the tenant runs, and with which settings.'),
});

/** The shape of `platform.yaml`: type, validator and source of the editor's completion in one. */
export const platformSchema = z.strictObject({
  organization: z.strictObject({
    id: z.string().regex(/^o-[a-z0-9]{10,32}$/, 'must be an AWS Organizations id such as o-exampleorg1'),
    managementAccount: accountId,
  }),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be an AWS region such as us-east-1'),
  pipeline: z.strictObject({
    account: accountName,
    repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'must be owner/name of the repository'),
    branch: z.string().min(1).default('main'),
    connection: z
      .string()
      .regex(
        /^arn:aws[\w-]*:(codeconnections|codestar-connections):/,
        'must be the ARN of a CodeConnections connection',
      ),
  }),
  monitoring: z.strictObject({
    account: accountName,
    page: z
      .array(email)
      .min(1, 'must name at least one subscriber: nobody would be woken')
      .describe('Who is woken at night.'),
    ticket: z.array(email).default([]).describe('Who is told in the morning.'),
  }),
  waves: z.array(wave).min(1, 'must name at least one wave'),
  accounts: z.array(account).min(1, 'must name at least one account'),
  tenants: z.array(tenant),
});

export type Platform = z.infer<typeof platformSchema>;
export type Account = Platform['accounts'][number];
export type AccountName = z.infer<typeof accountName>;
export type Wave = Platform['waves'][number];
export type Tenant = Platform['tenants'][number];
export type TenantInWave = z.infer<typeof tenantInWave>;
