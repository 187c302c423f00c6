import { crossAccountStarts, type CrossAccountStart } from '@crosswind/assembly/cross-account-starts';
import { distributedMapsOf } from '@crosswind/assembly/distributed-maps';
import type { Stack } from '@crosswind/assembly/resolve';
import { stateMachinesOf } from '@crosswind/assembly/state-machines';
import { type Fault, startIn } from './faults.ts';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import { pipelineName } from '../../config/pipeline-name.ts';
import { RunFailed, WrongInput } from '../failure.ts';
import type { Terminal } from '../terminal.ts';
import { assembledApp } from './assembled-app.ts';
import { deployStacks } from './deploy-stacks.ts';
import { count, countOf } from './present.ts';
import { type WeatherSource, fillBucket } from './weather-source.ts';

export interface DeployPlatformProps {
  readonly sandbox: Sandbox;
  /** Directory of the cloud assembly. */
  readonly assembly: string;
  readonly weather: WeatherSource;
  readonly fault: Fault | undefined;
  /**
   * The start to run.
   *
   * @default - that of the first wave that has one
   */
  readonly chosen?: (start: CrossAccountStart) => boolean;
  readonly terminal: Terminal;
}

/** A platform that is ready to run: everything is deployed, and there is weather. */
export interface DeployedPlatform {
  /** The parent of the first wave that has one, and what it starts. */
  readonly start: CrossAccountStart;
  readonly buckets: Buckets;
}

const filling: Readonly<Record<WeatherSource['kind'], string>> = {
  generated: 'generated',
  files: 'took',
  modelled: 'modelled',
};

interface Buckets {
  readonly source: string;
  readonly results: string;
}

/** Deploys the assembly in the order of its pipeline, and fills the source bucket of the first wave that has a parent. */
export async function deployPlatform(props: DeployPlatformProps): Promise<DeployedPlatform> {
  const { sandbox, weather, fault, terminal, chosen = () => true } = props;
  const { waves, isPlatform } = assembledApp(props.assembly);
  if (!isPlatform) {
    throw new WrongInput(
      `${props.assembly} is not this platform: expected a pipeline named ${pipelineName}; \`crosswind sandbox --assembly\` serves any app`,
    );
  }
  const running = waves.find(({ stacks }) => crossAccountStarts(stacks).some(chosen));
  if (!running) throw new WrongInput(`the pipeline in ${props.assembly} deploys no workflow across accounts now`);
  const start = crossAccountStarts(running.stacks).find(chosen) ?? startIn(running.stacks);
  const planted = waves.map((wave) =>
    fault && wave === running ? { ...wave, stacks: fault.plant(wave.stacks, start) } : wave,
  );
  await deployStacks({ sandbox, waves: planted, terminal });

  const stacks = waves.flatMap((wave) => wave.stacks);
  const buckets = bucketsOf(stacks, start.childArn);
  const filled = await fillBucket(sandbox.storage, buckets.source, weather, (objects) => {
    terminal.progress(`filling the source bucket: ${count(objects)} objects`);
  });
  terminal.note(`${filling[weather.kind]} ${countOf(filled, 'weather object')}`);
  return { start, buckets };
}

function bucketsOf(stacks: readonly Stack[], childArn: string): Buckets {
  const child = stacks.flatMap(stateMachinesOf).find(({ arn }) => arn === childArn);
  const [map] = child ? distributedMapsOf(child) : [];
  if (!map) throw new RunFailed(`${childArn} has no Distributed Map over a bucket, so there is nothing to fill`);
  return { source: map.sourceBucket, results: map.resultsBucket };
}
