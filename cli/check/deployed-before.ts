import { messageOf } from '@crosswind/aws/problem';
import { type BaseProps, baseSide, isAssembly, type Side } from '../base/side.ts';
import { RunFailed, WrongInput } from '../failure.ts';
import { type PlanSide, planSide } from '../plan/plan-side.ts';
import { platformIn } from '../platform/platform-in.ts';
import type { CheckFinding } from './check-report.ts';
import { dataFindings } from './data-findings.ts';
import type { JudgeInputs } from './judge-inputs.ts';

/** Platform that is deployed before a change. */
export interface DeployedBefore {
  /** Cloud assembly. */
  readonly directory: string;
  /** It as it was read, before code of the change could alter it. */
  readonly side: PlanSide;
}

/**
 * The platform that is deployed before a change: the given cloud assembly, else that of the base; undefined if there is
 * neither, the failure if the base does not synthesize.
 * @throws WrongInput where it is none
 */
export async function deployedBefore(
  { before, base }: { readonly before?: string; readonly base?: string },
  props: BaseProps,
): Promise<DeployedBefore | RunFailed | undefined> {
  if (before !== undefined && !isAssembly(before)) {
    throw new WrongInput(`--before ${before} is no cloud assembly: name the output of \`npx cdk synth\``);
  }
  if (before !== undefined) return read({ name: before, directory: before, platform: platformIn(before) });
  if (base === undefined) return undefined;
  return baseSide(base, props).then(read, (error: unknown) => {
    props.cleanUp.signal.throwIfAborted();
    if (error instanceof RunFailed) return error;
    throw error;
  });
}

const read = ({ name, directory, platform }: Pick<Side, 'name' | 'directory' | 'platform'>): DeployedBefore => ({
  directory,
  side: planSide(name, platform, directory, undefined),
});

/** Findings about data that the assembly of a change does not have any more. What cannot be compared is a finding, too. */
export function lostData(
  before: DeployedBefore | RunFailed | undefined,
  directory: string,
  { platform, circumstances: { now } }: Pick<JudgeInputs, 'platform' | 'circumstances'>,
): readonly CheckFinding[] {
  if (before === undefined) return [];
  if (before instanceof RunFailed) return [uncompared(before)];
  try {
    return dataFindings(before.side, planSide('this change', platform, directory, undefined), now);
  } catch (error) {
    return [uncompared(error)];
  }
}

const uncompared = (error: unknown): CheckFinding => ({
  id: 'POLICY-1',
  severity: 'error',
  message: `Data that this change deletes could not be looked for: ${messageOf(error)}`,
  fix: 'Fix what the message names. What cannot be judged is not deployed.',
  ...{ paths: [], accounts: [], count: 1, by: 'head' },
});
