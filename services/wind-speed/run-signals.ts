import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { slowFunctionSignal } from '../../blocks/observability/lambda-signals.ts';
import type { StageProps, WorkloadSignal } from '../../blocks/workload.ts';
import { analyzeTimeoutSeconds, functionNameOf } from './child-workflow.ts';
import type { WindSpeedSettings } from './contract.ts';
import { runMetric } from './run-metric.ts';

/** Share of the tolerated failures at which somebody should look. */
const alarmingShare = 0.75;

/** Signals of the run itself: what its functions count. */
export function runSignals(
  props: StageProps<WindSpeedSettings, 'parent' | 'child'>,
): readonly WorkloadSignal<'child'>[] {
  const { address, settings } = props;
  const place = { account: address.accounts.child, region: address.region };
  // The functions say nothing where nothing runs.
  const common = { stage: 'child', periods: 1, missingData: 'fine', severity: 'ticket' } as const;
  const tolerated = settings.toleratedFailurePercentage;
  const failing = {
    id: 'objects-failing',
    title: `objects are missing in the results, nearly as many as the ${tolerated} % with which a run still succeeds`,
    // Of a whole run: a batch that is lost counts no objects, and a few bad ones in the first minutes are no large share.
    metric: runMetric(props, 'FailedShare', Stats.MAXIMUM, 'missing objects, percent'),
    threshold: alarmingShare * tolerated,
    runbook: 'objects-failing',
    ...common,
  };
  return [
    // Where none is tolerated, the run fails with the first.
    ...(tolerated === 0 ? [] : [failing]),
    {
      id: 'source-empty',
      title: 'a run found no object in the source bucket, so its results are empty',
      metric: runMetric(props, 'EmptyRuns'),
      threshold: 1,
      runbook: 'source-empty',
      ...common,
    },
    {
      stage: 'child',
      ...slowFunctionSignal({
        functionName: functionNameOf(address, 'analyze'),
        timeoutSeconds: analyzeTimeoutSeconds,
        runbook: 'batch-slow',
        ...place,
      }),
    },
  ];
}
