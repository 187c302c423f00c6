import { limits } from './limits.ts';

/** A quota that AWS raises for one account, as Service Quotas names it. */
export interface ServiceQuota {
  /** Thing that is limited, in the words of Service Quotas. */
  readonly name: string;
  /** Code of the service, for example `iam`. */
  readonly service: string;
  /** For example `L-FE177D64`. */
  readonly code: string;
  /** Value of AWS for every account. One that is new may have less. */
  readonly usual: number;
  /** True if it counts the whole account, and Service Quotas knows it in one region of the partition. */
  readonly isGlobal: boolean;
  /** Page of AWS's documentation that states the value. */
  readonly source: string;
}

const guide = 'https://docs.aws.amazon.com';
const iam = `${guide}/IAM/latest/UserGuide/reference_iam-quotas.html`;
const codeBuild = `${guide}/codebuild/latest/userguide/limits.html`;

const builds = (size: string, code: string): ServiceQuota => ({
  name: `Concurrently running builds for Linux/${size} environment`,
  ...{ service: 'codebuild', code, usual: 1, isGlobal: false, source: codeBuild },
});

/**
 * Quotas in which accounts differ, as of 2026-11. No page of AWS lists the codes: `aws service-quotas
 * list-service-quotas --service-code <service>` prints them.
 */
export const serviceQuotas = {
  stacks: {
    ...{ name: 'Stack count', service: 'cloudformation', code: 'L-0485CB21', isGlobal: false },
    ...{ usual: limits.stacks.most, source: limits.stacks.source },
  },
  roles: {
    ...{ name: 'Roles per account', service: 'iam', code: 'L-FE177D64', usual: 1_000, isGlobal: true, source: iam },
  },
  managedPolicies: {
    ...{ name: 'Customer managed policies per account', service: 'iam', code: 'L-E95E4862' },
    ...{ usual: 1_500, isGlobal: true, source: iam },
  },
  smallBuilds: builds('Small', 'L-9D07B6EF'),
  mediumBuilds: builds('Medium', 'L-2DC20C30'),
  largeBuilds: builds('Large', 'L-4DDC4A99'),
  lambdaConcurrency: {
    ...{ name: 'Concurrent executions', service: 'lambda', code: 'L-B99A9384', usual: 1_000, isGlobal: false },
    source: `${guide}/lambda/latest/dg/gettingstarted-limits.html`,
  },
} as const satisfies Readonly<Record<string, ServiceQuota>>;
