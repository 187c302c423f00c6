import { accountOf } from '@crosswind/aws/arn';
import { limits } from '@crosswind/aws/quotas';
import { jobsOf } from '../../config/account-kinds.ts';
import type { AccountBaseline, Baseline } from '../../onboarding/baseline/baseline.ts';
import { isOfStackSet } from '../../onboarding/baseline/baseline-template.ts';
import { noSink, telemetryTypes } from '../../onboarding/baseline/observability.ts';
import type { AccountFacts, RegionFacts } from './account-facts.ts';
import type { ListedLink } from './account-reader.ts';
import { asAdministrator, type DeploysBaseline } from './deploys-baseline.ts';
import type { Found } from './finding.ts';

/** The sink of the platform in a region: none, or not known because the monitoring account could not be read. */
export type SinkIn = (region: string) => { readonly arn?: string } | undefined;

/** The sinks that the baseline of the monitoring account has, and that are there. Sinks of others do not count. */
export function sinksOf(accounts: readonly AccountFacts[], { monitoringAccount }: Baseline): SinkIn {
  const monitoring = accounts.find(({ baseline }) => baseline.id === monitoringAccount);
  if (monitoring?.kind !== 'read') return () => undefined;
  const sinks = new Map(monitoring.regions.map((facts) => [facts.region, ownSink(facts)]));
  return (region) => ({ arn: sinks.get(region) });
}

const ownSink = ({ sinks, baselineSink }: RegionFacts): string | undefined => sinks.find((arn) => arn === baselineSink);

export interface LinkProps {
  readonly baseline: Baseline;
  /** Digest of the baseline that the account is to have. */
  readonly digest: string;
  readonly sinkIn: SinkIn;
  readonly deploysBaseline: DeploysBaseline;
}

/** The sink of the monitoring account, or the link of another account to it: only that sink is compared. */
export function linkFindings(account: AccountBaseline, facts: RegionFacts, props: LinkProps): readonly Found[] {
  if (jobsOf(account.kind).includes('monitoring')) return sinkFindings(account, facts, props);
  const { region, links } = facts;
  const known = props.sinkIn(region);
  // The finding about the monitoring account says why nothing can be compared.
  if (!known) return [];
  const common = { check: 'link', account: account.account, id: account.id, region } as const;
  const { arn: sink } = known;
  const link = links.find(({ sinkArn }) => sinkArn === sink);
  if (sink !== undefined && link) return sharesAll(link) ? [] : [{ ...common, ...sharing(link, account.id, region) }];
  const needed = `a link to ${sink ?? 'the sink of the monitoring account, which has none'}`;
  return [{ ...common, found: unlinked(links, props.baseline), needed, fix: linking(account, facts, sink, props) }];
}

function unlinked(links: readonly ListedLink[], { monitoringAccount }: Baseline): string {
  if (links.length === 0) return 'no link';
  const others = links.map(({ sinkArn }) => {
    const isGone = accountOf(sinkArn) === monitoringAccount;
    return `${sinkArn}, which is ${isGone ? 'not there any more' : 'not that of the monitoring account'}`;
  });
  return `only a link to ${others.join('; ')}`;
}

function linking(account: AccountBaseline, facts: RegionFacts, sink: string | undefined, props: LinkProps): string {
  const { baseline, deploysBaseline, digest: current } = props;
  const { region, links, baselineStack, digest, linksTo } = facts;
  if (links.length >= limits.linksOfAccount.most) {
    const [{ arn }] = links as readonly [ListedLink];
    return `have the owner of a link delete it, AWS allows ${limits.linksOfAccount.most}: aws oam delete-link --region ${region} --identifier ${arn} # in account ${account.id}; then run preflight again`;
  }
  if (sink === undefined) {
    const monitoring = baseline.accounts.find(({ id }) => id === baseline.monitoringAccount);
    return monitoring ? deploysBaseline(monitoring, account) : deploysBaseline(account);
  }
  // CloudFormation has nothing to change where it knows the link already.
  const isUnchanged = digest === current && linksTo === sink;
  if (baselineStack === undefined || !isOfStackSet(baselineStack) || !isUnchanged) return deploysBaseline(account);
  return `npx crosswind baseline ${account.account} --template baseline.json && for sink in ${noSink} ${sink}; do aws cloudformation deploy --region ${region} --stack-name ${baselineStack} --template-file baseline.json --capabilities CAPABILITY_NAMED_IAM --parameter-overrides SinkArn=$sink; done # in account ${account.id}, ${asAdministrator}`;
}

const sharesAll = ({ resourceTypes }: ListedLink): boolean =>
  telemetryTypes.every((type) => resourceTypes.includes(type));

/** A link that leaves telemetry out. */
const sharing = (
  { arn, sinkArn, resourceTypes }: ListedLink,
  id: string,
  region: string,
): Pick<Found, 'found' | 'needed' | 'fix'> => ({
  found: `a link to ${sinkArn} that shares ${resourceTypes.join(', ') || 'nothing'}`,
  needed: `one that shares ${telemetryTypes.join(', ')}`,
  fix: `aws oam update-link --region ${region} --identifier ${arn} --resource-types ${telemetryTypes.join(' ')} # in account ${id}, ${asAdministrator}`,
});

function sinkFindings(account: AccountBaseline, facts: RegionFacts, props: LinkProps): readonly Found[] {
  if (ownSink(facts) !== undefined) return [];
  const { region, sinks } = facts;
  const common = { check: 'link', account: account.account, id: account.id, region } as const;
  const deploys = props.deploysBaseline(account);
  const [other] = sinks;
  if (other === undefined)
    return [{ ...common, found: 'no sink', needed: 'a sink that accounts link to', fix: deploys }];
  return [
    {
      ...common,
      found: `the sink ${other}, which the baseline does not have`,
      needed: 'the sink of the baseline, since AWS allows one',
      fix: `have its owner delete it, or choose another monitoring.account: aws oam delete-sink --region ${region} --identifier ${other} # in account ${account.id}; then ${deploys}`,
    },
  ];
}
