import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { allDeployed } from '../../config/deployments.ts';
import { cloneWaivers } from '../../policies/clone-waivers.ts';
import { judgedReach } from '../../policies/reach/accepted.ts';
import { reachOf } from '../../policies/reach/reach.ts';
import { reachWaivers } from '../../policies/reach/waivers.ts';
import { Findings, WrongInput } from '../failure.ts';
import type { Io } from '../io.ts';
import { inSynthesized } from '../platform/in-synthesized.ts';
import { reachInputs } from '../reach/reach-inputs.ts';
import { reachLines } from '../reach/present.ts';
import { type ReachReport, reachReport } from '../reach/reach-report.ts';
import { readPlatform } from '../read-platform.ts';
import { jsonText, terminalOf } from '../terminal.ts';

interface ReachOptions {
  readonly assembly?: string;
  readonly file: string;
  readonly json: boolean;
}

/** `crosswind reach`: every call that the platform will make, decided from its templates. */
export function reachCommand(io: Io, clone: Clone): Command {
  return new Command('reach')
    .description('decide every call that the platform will make, and find permissions that no call needs')
    .option('--assembly <dir>', 'look at this cloud assembly instead of synthesizing one')
    .option('--file <file>', 'the platform', resolve(clone.root, 'platform.yaml'))
    .option('--json', 'print calls and decisions as JSON', false)
    .addHelpText(
      'after',
      [
        '',
        'Calls follow from the templates: what each state of a workflow, function, schedule, rule, alarm and action of the',
        'pipeline calls, as which principal, on which ARN, with the keys of what is encrypted. What a function calls is what',
        'its workload declares (`calls`). Policies of roles, resources, boundaries and the organization decide.',
        '',
        'Exit codes: 0 nothing found, 1 wrong input, or a call is denied or cannot be decided, or a permission is not',
        'needed, or a waiver accepts nothing; 2 the synthesis failed.',
      ].join('\n'),
    )
    .action((options: ReachOptions) => printReach(io, clone, options));
}

async function printReach(io: Io, clone: Clone, { assembly, file, json }: ReachOptions): Promise<void> {
  const terminal = terminalOf(io, { json });
  const platform = await readPlatform(clone, resolve(file));
  const { waivers, problems } = cloneWaivers(clone, platform);
  if (problems.length > 0) throw new WrongInput(problems.join('\n'));
  const circumstances = {
    ...{ now: new Date(), version: versionOf(clone) },
    ...{ dueWaivers: 'report' as const, allDeployed: allDeployed(platform) },
  };
  const report = (directory: string): ReachReport => {
    const { stacks, baseline, organization } = reachInputs(platform, directory);
    const reach = reachOf(stacks, baseline, organization);
    return reachReport(reach, judgedReach(reach, [...reachWaivers, ...waivers], circumstances));
  };
  const reach =
    assembly === undefined ? await inSynthesized({ io, clone, file, terminal }, report) : report(resolve(assembly));
  if (json) terminal.data(jsonText(reach));
  else for (const line of reachLines(reach, terminal.colors)) terminal.out(line);
  const { denied, undecidable, unneeded } = reach;
  const wrongWaivers = reach.waivers.filter(({ severity }) => severity === 'error');
  if (denied.length + undecidable.length + unneeded.length + wrongWaivers.length === 0) return;
  throw new Findings(
    `calls denied: ${denied.length}, undecidable: ${undecidable.length}; permissions that no call needs: ${unneeded.length}; waivers that accept nothing: ${wrongWaivers.length}`,
  );
}

const versionOf = ({ root }: Clone): string =>
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string }).version;
