import { resolvePartly, type Stack } from '@crosswind/assembly/resolve';
import type { Platform } from '../../config/schema.ts';
import { artifactBytesOf } from '../../policies/evidence/artifact-bytes.ts';
import { withNested } from '../../policies/evidence/nested-stacks.ts';
import type { ReachInputs } from '../../policies/reach/reach-inputs.ts';
import type { Waiver } from '../../policies/waiver.ts';
import { reachInputs } from '../reach/reach-inputs.ts';

/** One side of a plan, read and resolved once for all of its sections. */
export interface PlanSide {
  /** Git ref or directory, as it was given. */
  readonly name: string;
  readonly platform: Platform;
  /** Stacks of the assembly, of the baseline, and the policies of the organization. */
  readonly reach: ReachInputs;
  /** Stacks of the assembly, with nested ones, and of the baseline. */
  readonly stacks: readonly Stack[];
  /** Size of the assembly as an artifact of the pipeline. */
  readonly artifactBytes: number;
  /**
   * Waivers of the side.
   *
   * @default - not known, because its checkout is not
   */
  readonly waivers?: readonly Waiver[];
}

/** Reads the assembly of a side. */
export function planSide(
  name: string,
  platform: Platform,
  directory: string,
  waivers: readonly Waiver[] | undefined,
): PlanSide {
  const reach = reachInputs(platform, directory);
  const nested = withNested(reach.stacks).slice(reach.stacks.length);
  const resolved = nested.length === 0 ? [] : resolvePartly(nested).stacks;
  return {
    ...{ name, platform, reach, stacks: [...reach.stacks, ...resolved, ...reach.baseline] },
    artifactBytes: artifactBytesOf(directory),
    ...(waivers && { waivers }),
  };
}
