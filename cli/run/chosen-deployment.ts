import { type Deployment, plannedWaves } from '../../config/deployments.ts';
import { listed, nearest } from '../../config/nearest.ts';
import type { Platform } from '../../config/schema.ts';
import { WrongInput } from '../failure.ts';

/** A deployment and the wave that it is in. */
export interface ChosenDeployment {
  readonly wave: string;
  readonly deployment: Deployment;
}

/** Where the tenant runs in that wave; without a wave, where it runs at all. What cannot be chosen is wrong input. */
export function chosenDeployment(platform: Platform, tenant: string, wave: string | undefined): ChosenDeployment {
  const tenants = platform.tenants.map(({ name }) => name);
  if (!tenants.includes(tenant)) throw new WrongInput(`there is no tenant "${tenant}"${meant(tenant, tenants)}`);
  checkWave(platform, wave);
  const planned = plannedWaves(platform);
  const deployed = planned.flatMap(({ wave: { name }, deployments }) =>
    deployments
      .filter((deployment) => deployment.tenant.name === tenant)
      .map((deployment) => ({ wave: name, deployment })),
  );
  const [chosen, ...others] = wave === undefined ? deployed : deployed.filter((candidate) => candidate.wave === wave);
  if (chosen && others.length === 0) return chosen;
  if (chosen) {
    const names = deployed.map((candidate) => candidate.wave);
    throw new WrongInput(`"${tenant}" is deployed in several waves: say which with --wave (${listed(names)})`);
  }
  const reasons = planned
    .filter(({ wave: { name } }) => wave === undefined || name === wave)
    .flatMap(({ withheld }) => withheld)
    .filter((placement) => placement.tenant.name === tenant)
    .flatMap((placement) => placement.reasons);
  const where = wave === undefined ? 'in any wave' : `in wave "${wave}"`;
  const why = reasons.length > 0 ? reasons.join(', ') : `it is in ${listed(deployed.map((other) => other.wave))}`;
  throw new WrongInput(`"${tenant}" is not deployed ${where}: ${why}`);
}

/**
 * The tenant to run on this machine: the one that is named, in the first wave that it is in unless one is named, else the
 * first that is deployed and not frozen. Undefined where everything is frozen or withheld.
 */
export function deploymentToRun(
  platform: Platform,
  { tenant, wave }: { readonly tenant?: string; readonly wave?: string },
): ChosenDeployment | undefined {
  checkWave(platform, wave);
  const deployed = plannedWaves(platform).flatMap(({ wave: { name }, deployments }) =>
    deployments.map((deployment) => ({ wave: name, deployment })),
  );
  const moving = deployed.filter((each) => each.deployment.freezes.length === 0 && (wave ?? each.wave) === each.wave);
  const first = tenant ?? firstOf(platform, moving)?.deployment.tenant.name;
  if (first === undefined) return undefined;
  return chosenDeployment(
    platform,
    first,
    wave ?? moving.find(({ deployment }) => deployment.tenant.name === first)?.wave,
  );
}

/** Reasons that are listed; forty accounts have as many. */
const shownReasons = 3;

/** The reason why there is nothing to run, in one wave if that is given. */
export function nothingToRun(platform: Platform, wave: string | undefined): string {
  if (platform.tenants.length === 0)
    return 'platform.yaml has no tenant; `npx crosswind tenant new <workload>` makes one';
  const where = wave === undefined ? '' : ` in wave "${wave}"`;
  const reasons = plannedWaves(platform)
    .filter(({ wave: { name } }) => wave === undefined || name === wave)
    .flatMap(({ deployments, withheld }) => [
      ...deployments.flatMap(({ freezes }) => freezes),
      ...withheld.flatMap((placement) => placement.reasons),
    ]);
  const [shown, more] = [[...new Set(reasons)].slice(0, shownReasons), new Set(reasons).size - shownReasons];
  const why = more > 0 ? [...shown, `${more} more`] : shown;
  return `the pipeline deploys no workflow${where} now: ${why.join(', ') || 'no tenant is in a wave'}`;
}

function checkWave(platform: Platform, wave: string | undefined): void {
  const waves: readonly string[] = platform.waves.map(({ name }) => name);
  if (wave === undefined || waves.includes(wave)) return;
  throw new WrongInput(`--wave names no wave, got "${wave}"${meant(wave, waves)}`);
}

/** The first in the order of tenants, and of its waves. */
const firstOf = ({ tenants }: Platform, deployed: readonly ChosenDeployment[]): ChosenDeployment | undefined =>
  tenants.flatMap((tenant) => deployed.filter(({ deployment }) => deployment.tenant === tenant))[0];

function meant(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return `${near === undefined ? '' : `, did you mean "${near}"?`} (known: ${listed(known)})`;
}
