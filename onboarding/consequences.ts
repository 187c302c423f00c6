import { type Deployment, accountNamed, plannedWaves } from '../config/deployments.ts';
import type { Account, Platform } from '../config/schema.ts';

/** What a change of the file leads to, as sentences. */
export interface Consequences {
  readonly deployed: readonly string[];
  readonly trusted: readonly string[];
  readonly removed: readonly string[];
}

/** What the next deployment does differently, if `before` becomes `after`. */
export function consequences(before: Platform, after: Platform): Consequences {
  const [old, next] = [deploymentsOf(before), deploymentsOf(after)];
  const added = [...next].filter(([key]) => !old.has(key)).map(([, deployment]) => deployment);
  const gone = [...old].filter(([key]) => !next.has(key)).map(([, deployment]) => deployment);
  const tooling = accountNamed(after, after.pipeline.account);
  const was = new Set(before.accounts.filter(isOpen).map(({ id }) => id));
  const is = new Set(after.accounts.filter(isOpen).map(({ id }) => id));
  return {
    deployed: added.flatMap(stacksOf),
    trusted: [
      ...after.accounts
        .filter((account) => isOpen(account) && !was.has(account.id))
        .map((account) => `${shown(account)} lets ${shown(tooling)} deploy to it, once it is bootstrapped`),
      ...added.flatMap((deployment) => trustOf(deployment, tooling)),
    ],
    removed: [
      ...gone.flatMap(stacksOf),
      ...gone.flatMap((deployment) => trustOf(deployment, tooling)).map((trust) => `trust: ${trust}`),
      ...goneNames(before.tenants, after.tenants).map((name) => `tenant ${name}, which runs nowhere any more`),
      ...goneNames(before.waves, after.waves).map((name) => `wave ${name}, which holds nothing any more`),
      ...before.accounts
        .filter((account) => isOpen(account) && !is.has(account.id))
        .map((account) => `${shown(account)} is not deployed to any more`),
    ],
  };
}

function goneNames(before: readonly { readonly name: string }[], after: readonly { readonly name: string }[]) {
  const left = new Set(after.map(({ name }) => name));
  return before.map(({ name }) => name).filter((name) => !left.has(name));
}

/** For example `wind-child-dev 444444444444`. */
export const shown = ({ name, id }: Account): string => `${name} ${id}`;

const isOpen = ({ state }: Account): boolean => state === 'active' || state === 'draining';

const deploymentsOf = (platform: Platform): ReadonlyMap<string, Deployment & { readonly wave: string }> =>
  new Map(
    plannedWaves(platform).flatMap(({ wave, deployments }) =>
      deployments.map((deployment) => [
        [wave.name, deployment.tenant.name, deployment.parent.id, deployment.child.id].join(' '),
        { ...deployment, wave: wave.name },
      ]),
    ),
  );

const stacksOf = ({ tenant, parent, child, wave }: Deployment & { readonly wave: string }): readonly string[] => [
  `parent workflow of ${tenant.name} in ${shown(parent)} (wave ${wave})`,
  `child workflow of ${tenant.name} in ${shown(child)} (wave ${wave})`,
];

const trustOf = ({ tenant, parent, child }: Deployment, tooling: Account): readonly string[] => [
  `${shown(child)} lets the parent workflow of ${tenant.name} in ${shown(parent)} start, describe and stop its child`,
  `${shown(parent)} and ${shown(child)} let ${shown(tooling)} run ${tenant.name} and watch it`,
];
