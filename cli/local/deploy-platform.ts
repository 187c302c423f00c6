import type { Local, LocalRun } from '../../blocks/local.ts';
import type { Stack } from '@crosswind/assembly/resolve';
import type { WaveOfStacks } from '@crosswind/assembly/stacks-in-order';
import type { IntegrationModelsOf, Sandbox } from '@crosswind/sandbox/sandbox';
import { ownWaveNames } from '../../config/own-waves.ts';
import type { Platform, Tenant } from '../../config/schema.ts';
import { pipelineName } from '../../config/pipeline-name.ts';
import { RunFailed, WrongInput } from '../failure.ts';
import type { ChosenDeployment } from '../run/chosen-deployment.ts';
import { ofWorkload } from './of-workload.ts';
import { recordPlanted } from './planted-changes.ts';
import type { Terminal } from '../terminal.ts';
import { type AssembledApp, assembledApp } from './assembled-app.ts';
import { type ByPipeline, deployByPipeline } from './deploy-by-pipeline.ts';
import { type ComparedCalls, watchCalls } from './compared-calls.ts';
import { deployBaseline } from './deploy-baseline.ts';
import { deployStacks } from './deploy-stacks.ts';
import { type DeployedTenant, deployedTenant } from './deployed-tenant.ts';
import type { Fault } from './faults.ts';

export interface DeployPlatformProps {
  readonly sandbox: Sandbox;
  /** Directory of the cloud assembly. */
  readonly assembly: string;
  readonly platform: Platform;
  /** The tenant to run, and what it is run with. */
  readonly chosen: ChosenTenant;
  readonly fault: Fault | undefined;
  /**
   * Leaves out the stacks of all other tenants and waves.
   *
   * @default false
   */
  readonly alone?: boolean;
  /**
   * Plays the pipeline.
   *
   * @default - the stacks are created in its order, without a principal
   */
  readonly pipeline?: ByPipeline;
  readonly terminal: Terminal;
}

/** A tenant in a wave, how its workload runs on a laptop, and this run of it. */
export interface ChosenTenant extends ChosenDeployment {
  readonly local: Local;
  /** The file of that, as messages name it. */
  readonly file: string;
  readonly run: Omit<LocalRun, 'results'>;
}

/** The chosen tenant in a sandbox. */
export interface DeployedPlatform extends DeployedTenant {
  /** Why the pipeline ended before its last stage, although the tenant is deployed. */
  readonly pipelineEnd?: string;
  /** Compares the calls of functions with those that they declare, up to now. */
  readonly comparedCalls: () => ComparedCalls;
  /** Stacks that the pipeline deploys, in its order. */
  readonly stacks: readonly Stack[];
}

/** Deploys the assembly, and fills in what the chosen tenant reads. */
export async function deployPlatform(props: DeployPlatformProps): Promise<DeployedPlatform> {
  const { sandbox, assembly, chosen, terminal } = props;
  const { waves: all, isPlatform, ...app } = assembledApp(assembly);
  if (!isPlatform) {
    throw new WrongInput(
      `${assembly} is not this platform: expected a pipeline named ${pipelineName}; \`crosswind sandbox --assembly\` serves any app`,
    );
  }
  const waves = props.alone ? wavesOf(props, all) : all;
  const { freezes } = chosen.deployment;
  if (freezes.length > 0)
    throw new WrongInput(`"${chosen.deployment.tenant.name}" stays as it is: ${freezes.join(', ')}`);
  const tenant = deployedTenant(
    chosen.deployment,
    waves.flatMap(({ stacks }) => stacks),
    assembly,
  );
  const isOfOthers = ({ path }: Stack, wave: string): boolean => !ownWaveNames.includes(wave) && !isOwn(path, chosen);
  // What other tenants bring along must not stop this one.
  const others = new Set(waves.flatMap(({ name, stacks }) => stacks.filter((stack) => isOfOthers(stack, name))));
  const isNeeded = (stack: Stack): boolean => !others.has(stack);
  const comparedCalls = watchCalls(
    sandbox.decisions,
    waves.flatMap(({ stacks }) => stacks),
  );
  terminal.progress('deploying the baseline of the accounts');
  await deployBaseline({ ...props, signal: props.pipeline?.signal });
  const pipelineEnd = await (props.pipeline
    ? playedBy(props.pipeline, props, { ...app, waves, tenant, isNeeded })
    : created(props, { waves, tenant, isNeeded }));
  const { fill } = chosen.run;
  if (fill) {
    const filled = await ofWorkload(chosen.file, () =>
      fill({ ...tenant, storage: sandbox.storage }, (text) => {
        terminal.progress(text);
      }),
    );
    terminal.note(filled);
  }
  return { ...tenant, pipelineEnd, comparedCalls, stacks: waves.flatMap(({ stacks }) => stacks) };
}

interface ToDeploy {
  readonly waves: readonly WaveOfStacks[];
  readonly tenant: DeployedTenant;
  readonly isNeeded: (stack: Stack) => boolean;
}

/** Creates the stacks without a principal, so that nothing is denied. */
async function created(
  { sandbox, fault, chosen, terminal }: DeployPlatformProps,
  { waves, tenant, isNeeded }: ToDeploy,
): Promise<undefined> {
  const planted = new Map(fault ? plantedIn(fault, waves, chosen, tenant) : []);
  await deployStacks({
    sandbox,
    waves: waves.map(({ name, stacks }) => ({ name, stacks: stacks.map((stack) => planted.get(stack) ?? stack) })),
    terminal,
    isNeeded: (stack) => [...planted.values()].includes(stack) || isNeeded(stack),
  });
  if (fault) recordPlanted(sandbox, fault, [...planted]);
}

/** Plays the pipeline, then plants the fault: somebody changes what was right. */
async function playedBy(
  pipeline: ByPipeline,
  { sandbox, assembly, chosen, fault, terminal }: DeployPlatformProps,
  { waves, tenant, isNeeded, ...app }: ToDeploy & Pick<AssembledApp, 'assembled' | 'byHand'>,
): Promise<string | undefined> {
  const end = await deployByPipeline({
    ...pipeline,
    sandbox,
    assembly,
    terminal,
    stacks: app.assembled,
    byHand: app.byHand,
    deployed: waves.flatMap(({ stacks }) => stacks),
    isNeeded,
    tenants: new Set([chosen.deployment.tenant.name]),
  });
  const isThere = tenant.stages.every(({ stateMachineArn }) => sandbox.stateMachines.get(stateMachineArn));
  if (!isThere && end !== undefined) throw new RunFailed(`${chosen.deployment.tenant.name} is not deployed: ${end}`);
  // What the deployment changed is no part of the run.
  sandbox.changes.clear();
  const planted = fault ? plantedIn(fault, waves, chosen, tenant) : [];
  for (const [, stack] of planted) await sandbox.deploy(stack);
  if (fault) recordPlanted(sandbox, fault, planted);
  // Nor is what it asked for.
  sandbox.decisions.clear();
  return end;
}

/** The stacks of the chosen wave that a fault changes, before and after. */
const plantedIn = (
  fault: Fault,
  waves: readonly WaveOfStacks[],
  { wave }: ChosenTenant,
  tenant: DeployedTenant,
): readonly (readonly [Stack, Stack])[] => {
  const stacks = waves.filter(({ name }) => name === wave).flatMap((each) => each.stacks);
  const planted = fault.plant(stacks, tenant);
  return stacks.flatMap((stack, index) => {
    const other = planted[index];
    return other && JSON.stringify(other) !== JSON.stringify(stack) ? [[stack, other] as const] : [];
  });
};

/** The waves of the platform itself with its accounts, and those of the chosen tenant with its own stacks. */
function wavesOf(
  { chosen, platform }: Pick<DeployPlatformProps, 'chosen' | 'platform'>,
  waves: readonly WaveOfStacks[],
): readonly WaveOfStacks[] {
  const accounts = new Set<string>(platform.accounts.map(({ id }) => id));
  return waves.flatMap(({ name, stacks }) => {
    if (ownWaveNames.includes(name)) return [{ name, stacks: stacks.filter(({ account }) => accounts.has(account)) }];
    const own = stacks.filter(({ path }) => isOwn(path, chosen));
    return own.length > 0 ? [{ name, stacks: own }] : [];
  });
}

/** True for a construct path in the placement of the chosen tenant. */
const isOwn = (path: string, { wave, deployment }: ChosenDeployment): boolean =>
  path.split('/')[1] === `${wave}-${deployment.tenant.name}`;

/** Models of integrations for the state machines of the chosen tenant: others have models of their own, which are not loaded. */
export const integrationModelsOf =
  (chosen: Pick<ChosenTenant, 'deployment' | 'local'>): IntegrationModelsOf =>
  (path) =>
    isOfTenant(path, chosen.deployment.tenant) ? (chosen.local.integrations ?? {}) : {};

/** True for a construct path in a placement of a tenant, in any wave: its samples are tried in all of them. */
export const isOfTenant = (path: string, { name, waves }: Pick<Tenant, 'name' | 'waves'>): boolean =>
  Object.keys(waves).some((wave) => path.split('/')[1] === `${wave}-${name}`);
