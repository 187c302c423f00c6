import { type Deployment, type PlacedStage, accountNamed, fromEntry, plannedWaves } from '../config/deployments.ts';
import type { Account, Platform } from '../config/schema.ts';

/** Effects of a change of the file, as sentences. */
export interface Consequences {
  readonly deployed: readonly string[];
  readonly trusted: readonly string[];
  readonly removed: readonly string[];
}

/** Differences of the next deployment, if `before` becomes `after`. */
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
        [wave.name, deployment.tenant.name, ...deployment.stages.map(({ account }) => account.id)].join(' '),
        { ...deployment, wave: wave.name },
      ]),
    ),
  );

const stacksOf = (deployment: Deployment & { readonly wave: string }): readonly string[] =>
  fromEntry(deployment).map(
    ({ name, account }) =>
      `${name} workflow of ${deployment.tenant.name} in ${shown(account)} (wave ${deployment.wave})`,
  );

function trustOf(deployment: Deployment, tooling: Account): readonly string[] {
  const { tenant, stages } = deployment;
  const opened = (caller: PlacedStage) =>
    stages
      .filter(({ name }) => caller.starts.includes(name))
      .map(
        ({ name, account }) =>
          `${shown(account)} lets the ${caller.name} workflow of ${tenant.name} in ${shown(caller.account)} start, describe and stop its ${name}`,
      );
  const accounts = fromEntry(deployment).map(({ account }) => shown(account));
  const they = `${listedAnd(accounts)} ${accounts.length === 1 ? 'lets' : 'let'}`;
  return [...fromEntry(deployment).flatMap(opened), `${they} ${shown(tooling)} run ${tenant.name} and watch it`];
}

/** `a`, `a and b`, `a, b and c`. */
const listedAnd = (words: readonly string[]): string =>
  [words.slice(0, -1).join(', '), ...words.slice(-1)].filter((part) => part !== '').join(' and ');
