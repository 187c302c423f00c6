import type { RunChanges } from './run-data.ts';
import { runEstimates } from './run-estimates.ts';
import type { ComparedSide, RunningProps } from './running.ts';
import { workflowChanges } from './workflow-changes.ts';

/**
 * Workflows that change, and the duration and cost of their runs.
 * @throws the reason of the signal
 */
export const runChanges = async (
  before: ComparedSide,
  after: ComparedSide,
  props: RunningProps,
): Promise<RunChanges> => ({
  workflows: workflowChanges(before, after),
  estimates: await runEstimates(before, after, props),
});
