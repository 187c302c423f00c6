import { readFileSync } from 'node:fs';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { kindOf } from '../../config/account-kinds.ts';
import { allDeployed } from '../../config/deployments.ts';
import type { Platform } from '../../config/schema.ts';
import type { Circumstances } from '../../policies/circumstances.ts';
import { runbooksOf, versionOf } from '../../policies/clone-facts.ts';
import { cloneWaivers } from '../../policies/clone-waivers.ts';
import { reachWaivers } from '../../policies/reach/waivers.ts';
import type { Waiver } from '../../policies/waiver.ts';
import { templateWaivers } from '../../policies/waivers.ts';
import { WrongInput } from '../failure.ts';
import { platformWithoutCode } from '../platform/platform-in.ts';

/** Files that decide what a judge says, read before any code of a workload runs. */
export interface JudgeInputs {
  readonly platform: Platform;
  /** Text of its file. */
  readonly platformText: string;
  readonly waivers: readonly Waiver[];
  readonly circumstances: Circumstances;
  /** Directory that stack traces of the assembly begin with. */
  readonly sourceRoot: string;
}

export interface JudgeInputsProps {
  /** Clone whose rules and waivers judge. */
  readonly clone: Clone;
  /** The platform. */
  readonly file: string;
  /**
   * Directory of the clone that is judged: its runbooks, and the lines of its source.
   *
   * @default - that of the clone
   */
  readonly sourceRoot?: string;
  readonly now: Date;
}

/**
 * Reads what judges need besides the assembly. No code of a workload is loaded.
 * @throws WrongInput with every problem of a file
 */
export function judgeInputs({ clone, file, sourceRoot = clone.root, now }: JudgeInputsProps): JudgeInputs {
  const platform = platformWithoutCode(file);
  const own = cloneWaivers(clone, platform);
  if (own.problems.length > 0) throw new WrongInput(own.problems.join('\n'));
  const workloads = new Set(platform.tenants.map(({ workload }) => workload));
  return {
    platform,
    platformText: readFileSync(file, 'utf8'),
    waivers: [...templateWaivers, ...reachWaivers, ...own.waivers],
    circumstances: {
      now,
      version: versionOf(clone),
      organization: platform.organization.id,
      kinds: new Map(platform.accounts.map((account) => [account.id, kindOf(platform, account)])),
      accountNames: new Map(platform.accounts.map(({ id, name }) => [id, name])),
      runbooks: runbooksOf({ ...clone, root: sourceRoot }, workloads),
      dueWaivers: 'fail',
      allDeployed: allDeployed(platform),
    },
    sourceRoot,
  };
}
