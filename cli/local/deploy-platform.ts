import type { Local, LocalRun } from '../../blocks/local.ts';
import type { Stack } from '@crosswind/assembly/resolve';
import type { WaveOfStacks } from '@crosswind/assembly/stacks-in-order';
import type { IntegrationModelsOf, Sandbox } from '@crosswind/sandbox/sandbox';
import { ownWaveNames } from '../../config/own-waves.ts';
import { pipelineName } from '../../config/pipeline-name.ts';
import { WrongInput } from '../failure.ts';
import type { ChosenDeployment } from '../run/chosen-deployment.ts';
import { ofWorkload } from './of-workload.ts';
import type { Terminal } from '../terminal.ts';
import { assembledApp } from './assembled-app.ts';
import { deployStacks } from './deploy-stacks.ts';
import { type DeployedTenant, deployedTenant } from './deployed-tenant.ts';
import type { Fault } from './faults.ts';

export interface DeployPlatformProps {
  readonly sandbox: Sandbox;
  /** Directory of the cloud assembly. */
  readonly assembly: string;
  /** The tenant to run, and what it is run with. */
  readonly chosen: ChosenTenant;
  readonly fault: Fault | undefined;
  /**
   * Leaves out the stacks of all other tenants and waves.
   *
   * @default false
   */
  readonly alone?: boolean;
  readonly terminal: Terminal;
}

/** A tenant in a wave, how its workload runs on a laptop, and this run of it. */
export interface ChosenTenant extends ChosenDeployment {
  readonly local: Local;
  /** The file of that, as messages name it. */
  readonly file: string;
  readonly run: Omit<LocalRun, 'results'>;
}

/** Deploys the assembly in the order of its pipeline, and fills in what the chosen tenant reads. */
export async function deployPlatform(props: DeployPlatformProps): Promise<DeployedTenant> {
  const { sandbox, assembly, chosen, fault, terminal } = props;
  const { waves: all, isPlatform } = assembledApp(assembly);
  if (!isPlatform) {
    throw new WrongInput(
      `${assembly} is not this platform: expected a pipeline named ${pipelineName}; \`crosswind sandbox --assembly\` serves any app`,
    );
  }
  const waves = props.alone ? wavesOf(chosen, all) : all;
  const { freezes } = chosen.deployment;
  if (freezes.length > 0)
    throw new WrongInput(`"${chosen.deployment.tenant.name}" stays as it is: ${freezes.join(', ')}`);
  const tenant = deployedTenant(
    chosen.deployment,
    waves.flatMap(({ stacks }) => stacks),
    assembly,
  );
  const planted = waves.map((wave) =>
    fault && wave.name === chosen.wave ? { ...wave, stacks: fault.plant(wave.stacks, tenant) } : wave,
  );
  // What other tenants bring along must not stop this one.
  const isOfOthers = ({ path }: Stack, wave: string): boolean => !ownWaveNames.includes(wave) && !isOwn(path, chosen);
  const others = new Set(planted.flatMap(({ name, stacks }) => stacks.filter((stack) => isOfOthers(stack, name))));
  await deployStacks({ sandbox, waves: planted, terminal, isNeeded: (stack) => !others.has(stack) });
  const { fill } = chosen.run;
  if (fill) {
    const filled = await ofWorkload(chosen.file, () =>
      fill({ ...tenant, storage: sandbox.storage }, (text) => {
        terminal.progress(text);
      }),
    );
    terminal.note(filled);
  }
  return tenant;
}

/** The waves of the platform itself, and of that of the chosen tenant its own stacks. */
const wavesOf = (chosen: ChosenDeployment, waves: readonly WaveOfStacks[]): readonly WaveOfStacks[] =>
  waves.flatMap(({ name, stacks }) => {
    if (ownWaveNames.includes(name)) return [{ name, stacks }];
    return name === chosen.wave ? [{ name, stacks: stacks.filter(({ path }) => isOwn(path, chosen)) }] : [];
  });

/** True for a construct path in the placement of the chosen tenant. */
const isOwn = (path: string, { wave, deployment }: ChosenDeployment): boolean =>
  path.split('/')[1] === `${wave}-${deployment.tenant.name}`;

/** Models of integrations for the state machines of the chosen tenant: others have models of their own, which nobody loads. */
export const integrationModelsOf =
  (chosen: Pick<ChosenTenant, 'wave' | 'deployment' | 'local'>): IntegrationModelsOf =>
  (path) =>
    isOwn(path, chosen) ? (chosen.local.integrations ?? {}) : {};
