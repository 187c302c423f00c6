import { partitionOf } from '@crosswind/aws/partition';
import { bootstrapQualifier } from '../../config/bootstrap.ts';
import { jobsOf } from '../../config/account-kinds.ts';
import type { AccountBaseline } from '../../onboarding/baseline/baseline.ts';
import { digestParameter, isBaselineStack } from '../../onboarding/baseline/baseline-template.ts';
import { guardNames } from '../../policies/organization/guarded.ts';
import { firstLine } from '../../onboarding/aws-failure.ts';
import type { AwsAccess } from '../io.ts';
import { isOfPlatform } from '../platform/platform-stacks.ts';
import { AccountReader, type ListedLink, type ListedStack, type Subscription } from './account-reader.ts';
import type { NeededQuota, NeededQuotas } from './needed-quotas.ts';

/** An account as it is now, as far as preflight compares it. */
export type AccountFacts =
  | { readonly kind: 'refused'; readonly baseline: AccountBaseline; readonly reason: string }
  | {
      readonly kind: 'read';
      readonly baseline: AccountBaseline;
      readonly regions: readonly RegionFacts[];
      /** Documents of the guards, by the name of their policy; undefined without the policy. */
      readonly guards: Readonly<Record<string, unknown>>;
      /** Status of the connection to the repository, in the pipeline's account; undefined without it. */
      readonly connection?: string;
    };

export type ReadAccount = Extract<AccountFacts, { readonly kind: 'read' }>;

export interface RegionFacts {
  readonly region: string;
  /** Name of the stack of the baseline. */
  readonly baselineStack?: string;
  readonly digest?: string;
  readonly bootstrapVersion?: string;
  readonly stacks: readonly ListedStack[];
  /** ARN of the sink that the stack of the baseline links to, by its parameter. */
  readonly linksTo?: string;
  /** ARN of the sink that the stack of the baseline has, by its output. */
  readonly baselineSink?: string;
  readonly links: readonly ListedLink[];
  /** ARNs of the sinks of the monitoring account. */
  readonly sinks: readonly string[];
  readonly lambdaConcurrency: number;
  readonly quotas: readonly QuotaFacts[];
  readonly topics: readonly Topic[];
}

/** A quota that is needed. */
export interface QuotaFacts extends NeededQuota {
  /** Undefined where Service Quotas has none that the role may read. */
  readonly value: number | undefined;
}

export interface Topic {
  readonly arn: string;
  readonly subscriptions: readonly Subscription[];
}

export interface ReadAccountProps {
  /** ARN of the connection to the repository. */
  readonly connection: string;
  readonly homeRegion: string;
  readonly neededQuotas: NeededQuotas;
  readonly aws?: AwsAccess;
}

/** Reads an account as its viewer role; a refusal of AWS is a fact about it. */
export async function accountFacts(baseline: AccountBaseline, props: ReadAccountProps): Promise<AccountFacts> {
  const readers = baseline.regions.map(
    (region) => [region, new AccountReader(baseline.id, region, props.aws)] as const,
  );
  try {
    const home = readers.find(([region]) => region === props.homeRegion)?.[1];
    if (!home) throw new Error(`account "${baseline.account}" has no baseline in ${props.homeRegion}`);
    await home.assume();
    const regions: RegionFacts[] = [];
    for (const [region, reader] of readers) regions.push(await regionFacts(reader, region, baseline, props));
    return {
      kind: 'read',
      baseline,
      regions,
      guards: await guardsIn(home, baseline, props.homeRegion),
      ...(jobsOf(baseline.kind).includes('pipeline') && { connection: await home.connection(props.connection) }),
    };
  } catch (error) {
    if (!isDenied(error)) throw error;
    return { kind: 'refused', baseline, reason: firstLine(error) };
  } finally {
    for (const [, reader] of readers) reader.destroy();
  }
}

const isDenied = (error: unknown): error is Error =>
  error instanceof Error && /^(AccessDenied|AuthorizationError)/.test(error.name);

async function regionFacts(
  reader: AccountReader,
  region: string,
  { id, kind }: AccountBaseline,
  { neededQuotas }: ReadAccountProps,
): Promise<RegionFacts> {
  const stacks = await reader.stacks();
  const isMonitoring = jobsOf(kind).includes('monitoring');
  const baselineStack = stacks.find(({ name }) => isBaselineStack(name))?.name;
  const deployed = baselineStack === undefined ? undefined : await reader.stack(baselineStack);
  return {
    ...{ region, baselineStack, stacks },
    digest: await reader.parameter(digestParameter),
    bootstrapVersion: await reader.parameter(`/cdk-bootstrap/${bootstrapQualifier}/version`),
    linksTo: deployed?.parameters.get('SinkArn'),
    baselineSink: deployed?.outputs.get('SinkArn'),
    links: await reader.links(),
    sinks: isMonitoring ? await reader.sinks() : [],
    lambdaConcurrency: await reader.lambdaConcurrency(),
    quotas: await quotasOf(reader, neededQuotas(id, region)),
    topics: isMonitoring ? await topicsIn(reader, stacks.filter(isOfPlatform)) : [],
  };
}

/** Values of quotas. A baseline of before does not let the role read them, which another finding says. */
async function quotasOf(reader: AccountReader, wanted: readonly NeededQuota[]): Promise<readonly QuotaFacts[]> {
  const facts: QuotaFacts[] = [];
  for (const each of wanted) {
    const value = await reader.serviceQuota(each.quota).catch((error: unknown) => {
      if (isDenied(error)) return undefined;
      throw error;
    });
    facts.push({ ...each, value });
  }
  return facts;
}

/** Topics of the stacks of the platform, with who subscribes to them. */
async function topicsIn(reader: AccountReader, stacks: readonly ListedStack[]): Promise<readonly Topic[]> {
  const topics: Topic[] = [];
  for (const { name } of stacks) {
    for (const { type, physicalId } of await reader.resources(name)) {
      if (type !== 'AWS::SNS::Topic' || physicalId === '') continue;
      topics.push({ arn: physicalId, subscriptions: await reader.subscriptions(physicalId) });
    }
  }
  return topics;
}

async function guardsIn(reader: AccountReader, { id }: AccountBaseline, region: string) {
  const documents: Record<string, unknown> = {};
  for (const name of Object.values(guardNames)) {
    documents[name] = await reader.policy(`arn:${partitionOf(region)}:iam::${id}:policy/${name}`);
  }
  return documents;
}
