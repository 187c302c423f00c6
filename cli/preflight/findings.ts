import { isDeepStrictEqual } from 'node:util';
import { partitionOf } from '@crosswind/aws/partition';
import { serviceQuotas } from '@crosswind/aws/quotas';
import { jobsOf } from '../../config/account-kinds.ts';
import { accountRoleNames, breakGlassRoleName } from '../../config/role-names.ts';
import type { Platform } from '../../config/schema.ts';
import type { AccountBaseline, Baseline } from '../../onboarding/baseline/baseline.ts';
import type { Template } from '../../onboarding/baseline/template.ts';
import { guardNames } from '../../policies/organization/guarded.ts';
import { subscribeCommand } from '../subscriptions/subscribe-command.ts';
import type { AccountFacts, ReadAccount, RegionFacts } from './account-facts.ts';
import { type DeploysBaseline, deploysBaselineIn } from './deploys-baseline.ts';
import type { Check, Finding, Found } from './finding.ts';
import { linkFindings, type SinkIn, sinksOf } from './link-findings.ts';
import { increaseCommand, quotaFindings } from './quota-findings.ts';
import { stackFindings } from './stack-findings.ts';

/** The platform as its next push needs it. */
export interface Needed {
  readonly platform: Platform;
  readonly baseline: Baseline;
  /** Keys of the stacks that the push deploys or needs, as `stackKey` makes them. */
  readonly pushed: ReadonlySet<string>;
}

/** Everything that is not as it must be, account after account. */
export function findingsOf(accounts: readonly AccountFacts[], needed: Needed): readonly Finding[] {
  const sinkIn = sinksOf(accounts, needed.baseline);
  const known = { ...needed, sinkIn, deploysBaseline: deploysBaselineIn(accounts) };
  const pending = new Set(
    needed.platform.accounts.filter(({ state }) => state === 'pending').map(({ name }): string => name),
  );
  return accounts
    .flatMap((facts) => (facts.kind === 'refused' ? [refused(facts, known)] : findingsIn(facts, known)))
    .map(({ isWarning, ...found }) => ({ ...found, severity: isWarning ? 'warning' : severityOf(found, pending) }));
}

/** Checks on what the push itself may bring, or what stops nothing. */
const warnings: readonly Check[] = ['subscription'];

/**
 * Nothing is deployed to an account that is pending. A subscription may be what the push is to create, and the smoke step
 * after it fails while somebody has not confirmed.
 */
const severityOf = ({ check, account }: Found, pending: ReadonlySet<string>): Finding['severity'] =>
  pending.has(account) || warnings.includes(check) ? 'warning' : 'error';

interface Known extends Needed {
  readonly sinkIn: SinkIn;
  readonly deploysBaseline: DeploysBaseline;
}

const refused = (
  { baseline, reason }: Extract<AccountFacts, { readonly kind: 'refused' }>,
  { deploysBaseline }: Known,
): Found => ({
  check: 'viewer role',
  ...placed(baseline),
  found: reason,
  needed: `the role ${accountRoleNames.viewer} of the baseline, which the credentials at hand may assume`,
  fix: deploysBaseline(baseline),
});

const findingsIn = (facts: ReadAccount, known: Known): readonly Found[] => [
  ...facts.regions.flatMap((region) => [
    ...baselineFindings(facts, region, known),
    ...linkFindings(facts.baseline, region, { ...known, digest: kindBaseline(facts, known).digest }),
    ...concurrencyFindings(facts, region, known),
    ...quotaFindings(facts.baseline, region, {
      pushed: known.pushed,
      isCurrent: region.digest === kindBaseline(facts, known).digest,
    }),
    ...subscriptionFindings(facts, region, known),
    ...stackFindings(facts.baseline, region, known.pushed),
  ]),
  ...guardFindings(facts, known),
  ...connectionFindings(facts, known),
];

const placed = ({ account, id }: AccountBaseline, region?: string) => ({
  account,
  id,
  ...(region !== undefined && { region }),
});

const kindBaseline = ({ baseline }: Pick<ReadAccount, 'baseline'>, known: Known) => {
  const found = known.baseline.kinds.find(({ kind }) => kind === baseline.kind);
  if (!found) throw new Error(`there is no baseline of the kind ${baseline.kind}`);
  return found;
};

function baselineFindings(facts: ReadAccount, region: RegionFacts, known: Known): readonly Found[] {
  const { baselineStack, digest: deployed, bootstrapVersion } = region;
  const { digest, template } = kindBaseline(facts, known);
  const version = propertyOf(template, 'CdkBootstrapVersion', 'Value');
  const common = { ...placed(facts.baseline, region.region), fix: known.deploysBaseline(facts.baseline) };
  const found: Found[] = [];
  if (deployed !== digest) {
    const is = baselineStack === undefined ? 'no baseline' : `${baselineStack} has ${digestText(deployed)}`;
    found.push({ check: 'baseline', ...common, found: is, needed: `digest ${digest}` });
  }
  if (bootstrapVersion !== String(version)) {
    const is = bootstrapVersion === undefined ? 'no version of the bootstrap' : `version ${bootstrapVersion}`;
    found.push({ check: 'bootstrap version', ...common, found: is, needed: `version ${String(version)}` });
  }
  return found;
}

const digestText = (digest: string | undefined): string =>
  digest === undefined ? 'no digest, as before version 0.2' : `the digest ${digest}`;

function guardFindings(facts: ReadAccount, known: Known): readonly Found[] {
  const { template } = kindBaseline(facts, known);
  const resources = { [guardNames.execution]: 'ExecutionPolicy', [guardNames.boundary]: 'Boundary' };
  return Object.entries(resources).flatMap(([name, id]): readonly Found[] => {
    const document = facts.guards[name];
    if (isDeepStrictEqual(document, propertyOf(template, id, 'PolicyDocument'))) return [];
    return [
      {
        check: 'guard',
        ...placed(facts.baseline),
        found: document === undefined ? `no policy ${name}` : `the default version of ${name} is another document`,
        needed: `the document of the baseline (npx crosswind baseline ${facts.baseline.account} --template -)`,
        fix: restoresGuard(facts, known, name, id, document !== undefined),
      },
    ];
  });
}

/**
 * CloudFormation changes a policy only with its template: where the baseline is current, somebody changed the policy by
 * hand, and only IAM brings it back.
 */
function restoresGuard(
  { baseline, regions }: ReadAccount,
  known: Known,
  name: string,
  id: string,
  isThere: boolean,
): string {
  const { homeRegion } = known.baseline;
  const { digest } = kindBaseline({ baseline }, known);
  const home = regions.find(({ region }) => region === homeRegion);
  if (home?.digest !== digest) return known.deploysBaseline(baseline);
  const arn = `arn:${partitionOf(homeRegion)}:iam::${baseline.id}:policy/${name}`;
  const command = isThere
    ? `create-policy-version --policy-arn ${arn} --set-as-default`
    : `create-policy --policy-name ${name}`;
  return `npx crosswind baseline ${baseline.account} --template - | jq .Resources.${id}.Properties.PolicyDocument > guard.json && aws iam ${command} --policy-document file://guard.json # in account ${baseline.id}, as ${breakGlassRoleName} where the organization's policies are attached`;
}

const propertyOf = ({ Resources }: Template, id: string, property: string): unknown =>
  (Resources[id]?.Properties as Readonly<Record<string, unknown>> | undefined)?.[property];

function concurrencyFindings(
  { baseline }: ReadAccount,
  { region, lambdaConcurrency }: RegionFacts,
  { platform }: Known,
): readonly Found[] {
  const account = platform.accounts.find(({ name }) => name === baseline.account);
  if (!account || !jobsOf(baseline.kind).includes('workload') || account.region !== region) return [];
  const stated = account.quotas.lambdaConcurrency;
  if (lambdaConcurrency >= stated) return [];
  return [
    {
      check: 'Lambda concurrency',
      ...placed(baseline, region),
      found: `${lambdaConcurrency} functions at a time`,
      needed: `${stated}, as platform.yaml states; or quotas: {lambdaConcurrency: ${lambdaConcurrency}} there`,
      // GetAccountSettings is what Lambda enforces.
      fix: increaseCommand({ quota: serviceQuotas.lambdaConcurrency, id: baseline.id, region, value: stated }),
    },
  ];
}

function subscriptionFindings(
  { baseline }: ReadAccount,
  { region, topics }: RegionFacts,
  { platform: { monitoring } }: Known,
): readonly Found[] {
  const common = { check: 'subscription', ...placed(baseline, region) } as const;
  const subscribing = (topicArn: string, receiver: string): string =>
    subscribeCommand({ account: baseline.id, region, topicArn, receiver });
  const pending = topics.flatMap(({ arn, subscriptions }) =>
    subscriptions
      .filter(({ isConfirmed }) => !isConfirmed)
      .map(({ endpoint }): Found => {
        const found = `${endpoint} has not confirmed its subscription to ${arn}`;
        return { ...common, found, needed: 'a subscription that is confirmed', fix: subscribing(arn, endpoint) };
      }),
  );
  const [first] = topics;
  const known = new Set(topics.flatMap(({ subscriptions }) => subscriptions.map(({ endpoint }) => endpoint)));
  const lost = [...new Set([...monitoring.page, ...monitoring.ticket])].filter(
    (address) => first && !known.has(address),
  );
  return [
    ...pending,
    ...lost.map((address): Found => {
      const topic =
        topics.find(({ arn }) => arn.endsWith(monitoring.page.includes(address) ? '-page' : '-ticket')) ?? first;
      const found = `${address} subscribes to no topic, or not yet`;
      return {
        ...common,
        found,
        needed: 'a subscription that is confirmed',
        fix: subscribing(topic?.arn ?? '', address),
      };
    }),
  ];
}

function connectionFindings(facts: ReadAccount, { platform }: Known): readonly Found[] {
  if (!jobsOf(facts.baseline.kind).includes('pipeline') || facts.connection === 'AVAILABLE') return [];
  const { connection, repository } = platform.pipeline;
  const region = connection.split(':')[3] ?? platform.region;
  const console = `https://${region}.console.aws.amazon.com/codesuite/settings/connections`;
  return [
    {
      check: 'connection',
      ...placed(facts.baseline, region),
      found: facts.connection === undefined ? `no connection ${connection}` : `${connection} is ${facts.connection}`,
      needed: `a connection to ${repository} that is AVAILABLE`,
      fix:
        facts.connection === undefined
          ? `aws codeconnections create-connection --region ${region} --provider-type GitHub --connection-name crosswind # in account ${facts.baseline.id}; write its ARN into platform.yaml, and complete it at ${console}`
          : `complete it in the console, which no command can: ${console}`,
    },
  ];
}
