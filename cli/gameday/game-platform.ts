import type { Resource, Stack } from '@crosswind/assembly/resolve';
import type { WaveOfStacks } from '@crosswind/assembly/stacks-in-order';
import { textOf } from '@crosswind/aws/json';
import type { Clone } from '../../blocks/discover-workloads.ts';
import type { GameDay } from '../../blocks/game-day.ts';
import { type Deployment, plannedWaves } from '../../config/deployments.ts';
import type { Platform } from '../../config/schema.ts';
import { WrongInput } from '../failure.ts';
import { assembledApp } from '../local/assembled-app.ts';
import { type DeployedTenant, deployedTenant } from '../local/deployed-tenant.ts';
import { type KnownWorkload, knownWorkload } from '../local/workload-options.ts';
import type { ValidPlatform } from '../read-platform.ts';

/** An alarm of the assembly. */
export interface SynthesizedAlarm {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** The sentence that a person reads first, and the link to the runbook. */
  readonly description: string;
}

/** A tenant in the first wave that it is deployed in, with its workload. */
export interface PlacedTenant {
  readonly name: string;
  readonly wave: string;
  readonly deployment: Deployment;
  readonly workload: KnownWorkload;
}

/** A tenant in an assembly. */
export interface GameTenant extends PlacedTenant {
  readonly deployed: DeployedTenant;
}

/** A game with the tenant that it is played on. */
export interface PlacedGame<Tenant extends PlacedTenant = GameTenant> {
  readonly game: GameDay;
  readonly tenant: Tenant;
}

/** A platform and its assembly, read once for all games. Nothing changes it. */
export interface GamePlatform {
  readonly platform: Platform;
  readonly directory: string;
  readonly waves: readonly WaveOfStacks[];
  readonly tenants: readonly GameTenant[];
  readonly alarms: readonly SynthesizedAlarm[];
  readonly games: readonly PlacedGame[];
}

/** The games of a platform's workloads, in the order of its tenants. */
export async function gamesOf(clone: Clone, loaded: ValidPlatform): Promise<readonly GameDay[]> {
  const { platform } = loaded.parsed;
  const names = [...new Set(platform.tenants.map(({ workload }) => workload))];
  const workloads = await Promise.all(names.map((name) => knownWorkload(clone, name, loaded.contracts)));
  return workloads.flatMap(({ local }) => local.gameDays ?? []);
}

/**
 * Reads an assembly with its platform.
 * @throws WrongInput for an assembly of another platform, and for two games with one name
 */
export async function readGamePlatform(clone: Clone, loaded: ValidPlatform, directory: string): Promise<GamePlatform> {
  const { platform } = loaded.parsed;
  const { waves } = assembledApp(directory);
  const stacks = waves.flatMap((wave) => wave.stacks);
  const tenants = (await placedTenants(clone, loaded)).map((tenant) => ({
    ...tenant,
    deployed: deployedTenant(tenant.deployment, stacks, directory),
  }));
  return { platform, directory, waves, tenants, alarms: stacks.flatMap(alarmsIn), games: placedGames(tenants) };
}

/** The tenants of a platform, each in its first wave; no assembly is needed. */
export function placedTenants(clone: Clone, loaded: ValidPlatform): Promise<readonly PlacedTenant[]> {
  const placed = plannedWaves(loaded.parsed.platform).flatMap(({ wave, deployments }) =>
    deployments.map((deployment) => ({ wave: wave.name, deployment })),
  );
  const first = placed.filter(
    ({ deployment }, index) => placed.findIndex((other) => other.deployment.tenant === deployment.tenant) === index,
  );
  return Promise.all(
    first.map(async ({ wave, deployment }) => ({
      name: deployment.tenant.name,
      wave,
      deployment,
      workload: await knownWorkload(clone, deployment.tenant.workload, loaded.contracts),
    })),
  );
}

/**
 * The games of the workloads of tenants, each on the first tenant of its workload.
 * @throws WrongInput for two games with one name
 */
export function placedGames<Tenant extends PlacedTenant>(tenants: readonly Tenant[]): readonly PlacedGame<Tenant>[] {
  const games = tenants
    .filter(({ workload }, index) => tenants.findIndex((other) => other.workload.name === workload.name) === index)
    .flatMap((tenant) => (tenant.workload.local.gameDays ?? []).map((game) => ({ game, tenant })));
  checkNames(games);
  return games;
}

function checkNames(games: readonly PlacedGame<PlacedTenant>[]): void {
  const tenants = new Map<string, PlacedTenant>();
  for (const { game, tenant } of games) {
    const other = tenants.get(game.name);
    if (other) {
      throw new WrongInput(
        `two game days are named "${game.name}", in ${other.workload.file} and ${tenant.workload.file}: rename one`,
      );
    }
    tenants.set(game.name, tenant);
  }
}

const alarmsIn = ({ account, region, resources }: Stack): readonly SynthesizedAlarm[] =>
  resources.filter(isAlarm).map(({ name, properties }) => ({
    name,
    account,
    region,
    description: textOf(properties['AlarmDescription']),
  }));

const isAlarm = ({ type }: Resource): boolean => /^AWS::CloudWatch::(Composite)?Alarm$/.test(type);
