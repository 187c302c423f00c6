import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Clone } from '../../../blocks/discover-workloads.ts';
import { platformFile } from '../../../config/platform-file.ts';
import { duration } from '../../duration.ts';
import { endedProcess } from '../../ended-process.ts';
import type { SimulationReport } from '../../simulate/simulation-report.ts';
import type { RunFigures, SideOfRun, TenantInWave } from './run-data.ts';
import type { ComparedSide, RunningProps } from './running.ts';
import { withoutPlaces } from './without-places.ts';

/** Milliseconds after which a simulation is ended. */
const limit = 600_000;

const ownCommand = fileURLToPath(new URL('./command-process.mjs', import.meta.url));

/**
 * Figures of a run by `crosswind simulate` in a process of its own: that of the side's clone, else this code on the clone
 * of the command.
 */
export async function simulatedSide(
  { tenant, wave }: TenantInWave,
  { directory, clone: own }: Pick<ComparedSide, 'directory' | 'clone'>,
  { clone, signal }: Pick<RunningProps, 'clone' | 'signal'>,
): Promise<SideOfRun> {
  signal.throwIfAborted();
  const { root, services } = own ?? clone;
  const command = own ? [join(root, 'cli/crosswind.mjs')] : [ownCommand, root, services];
  const file = fileOf(directory, own ?? clone);
  const chosen = ['--tenant', tenant, '--wave', wave, '--assembly', directory, '--file', file];
  const late = AbortSignal.timeout(limit);
  const ended = await endedProcess(process.execPath, [...command, 'simulate', '--estimate', ...chosen, '--json'], {
    directory: root,
    signal: AbortSignal.any([signal, late]),
  });
  signal.throwIfAborted();
  if (late.aborted) return { missing: `crosswind simulate took longer than ${duration(limit)}` };
  const answer = answerIn(ended.stdout);
  if (answer && 'stages' in answer) return { figures: figuresOf(answer) };
  const text = answer?.error.message ?? `crosswind simulate printed no JSON: ${ended.output.trim()}`;
  return { missing: withoutPlaces(text, { '<assembly>': directory, '<clone>': root }) };
}

/** Assemblies carry their platform since version 0.2. */
function fileOf(directory: string, { root }: Clone): string {
  const file = join(directory, platformFile);
  return existsSync(file) ? file : join(root, platformFile);
}

/** Report of `crosswind simulate --json`, or its failure. */
type Answer = SimulationReport | { readonly error: { readonly message: string } };

function answerIn(text: string): Answer | undefined {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return undefined;
  }
}

function figuresOf(report: SimulationReport): RunFigures {
  const { stages, peak, alarms } = report;
  const error = stages.find((stage) => stage.error !== undefined)?.error;
  return {
    status: stages[0]?.status ?? 'RUNNING',
    ...(error !== undefined && { error }),
    seconds: stages[0]?.seconds ?? 0,
    dollars: report.cost.total,
    items: report.items,
    batches: report.batches,
    invocations: report.invocations,
    transitions: report.transitions,
    throttledInvocations: report.throttledInvocations,
    retries: report.retries,
    mostExecutionsAtATime: peak.runningExecutions,
    mostInvocationsAtATime: peak.runningInvocations,
    alarms: [...new Set(alarms.map(({ name }) => name))].sort(),
    deniedCalls: report.denied.reduce((sum, { times }) => sum + times, 0),
  };
}
