import type { Resource } from '@crosswind/assembly/resolve';
import type { Sandbox } from '@crosswind/sandbox/sandbox';

/** A tenant as it is deployed in the sandbox. */
export interface LocalDeployment {
  /** Its settings in the wave, with defaults and `--set`. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The resource of a stage at a construct path below its stack, for example `Orders/Source`. */
  readonly resource: (stage: string, path: string) => Resource;
  /** Objects of every bucket, without permissions. */
  readonly storage: Pick<Sandbox['storage'], 'seed' | 'adopt' | 'inspect'>;
}
