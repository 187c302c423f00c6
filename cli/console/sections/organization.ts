import type { Environment } from '@crosswind/assembly/read-assembly';
import { type OrganizationSource, organizationModel, type SourceStack } from '@crosswind/console/server/organization';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import type { ConsoleContext } from '../console-context.ts';
import type { SectionReader } from '../section-reader.ts';
import { accountsOf, tenantsOf, wavesOf } from './platform-terms.ts';
import { type DeployedStack, stackKey, startsOf } from './starts.ts';

/** Reads accounts, tenants and what is deployed; anew as soon as an operation on a stack made progress. */
export function organizationReader(context: ConsoleContext): SectionReader<'organization'> {
  const { platform, sandbox, accounts } = context;
  let known: { readonly state: string; readonly model: ReturnType<typeof organizationModel> } | undefined;
  return () => {
    const deployed = environmentsOf(context).flatMap((environment) =>
      sandbox.cloudFormation.stacks.living(environment).toReversed(),
    );
    const state = stateOf(deployed, sandbox);
    if (known?.state === state) return known.model;
    const model = organizationModel({
      id: platform?.organization.id ?? null,
      waves: platform ? wavesOf(platform) : [],
      tenants: platform ? tenantsOf(platform) : [],
      accounts: (platform ? accountsOf(platform) : accounts).map((account) => withLimits(account, sandbox)),
      stacks: stacksOf(context.stacks, deployed),
      starts: startsOf(context.stacks, deployed),
      links: linksOf(sandbox),
    });
    known = { state, model };
    return model;
  };
}

/** Where stacks are, or may be. */
function environmentsOf({ accounts, stacks, platform }: ConsoleContext): readonly Environment[] {
  const places = [
    ...accounts.map(({ id: account, region }) => ({ account, region })),
    ...(platform?.accounts ?? []).map(({ id: account }) => ({ account, region: platform?.region ?? '' })),
    ...stacks.map(({ account, region }) => ({ account, region })),
  ];
  return [...new Map(places.map((place) => [`${place.account}/${place.region}`, place])).values()];
}

/** Changes with each event of a stack, and with each change of a quota. */
const stateOf = (deployed: readonly DeployedStack[], { observability, changes }: Sandbox): string =>
  [
    deployed.length,
    deployed.reduce((sum, { events }) => sum + events.length, 0),
    deployed.at(-1)?.id,
    observability.links.length,
    changes.count,
  ].join(' ');

type SourceAccount = OrganizationSource['accounts'][number];

/** An account with its quotas; nothing runs in one that manages the organization. */
function withLimits(account: SourceAccount, { quotasOf }: Sandbox): SourceAccount {
  if (account.jobs?.includes('management') === true) return account;
  const { lambdaConcurrency, openExecutions, openMapRuns } = quotasOf({ account: account.id, region: account.region });
  return { ...account, limits: { lambdaConcurrency, openExecutions, openMapRuns } };
}

/** Stacks as they are deployed, then those of the assembly that are not. */
function stacksOf(assembled: ConsoleContext['stacks'], deployed: readonly DeployedStack[]): readonly SourceStack[] {
  const names = new Set(deployed.map(stackKey));
  return [
    ...deployed.map((stack) => ({
      name: stack.name,
      account: stack.account,
      region: stack.region,
      status: stack.status,
      createdAt: stack.createdAt,
      resources: [...stack.resources.values()].flatMap(({ deployed: resource }) => resource ?? []),
    })),
    ...assembled.filter((stack) => !names.has(stackKey(stack))),
  ];
}

function linksOf({ observability }: Sandbox): OrganizationSource['links'] {
  return observability.links.flatMap(({ account, sinkArn }) => {
    const sink = observability.sink(sinkArn);
    return sink ? [{ account, seenBy: sink.account }] : [];
  });
}
