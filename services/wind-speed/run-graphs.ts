import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { StageProps, WorkloadGraph } from '../../blocks/workload.ts';
import type { WindSpeedSettings } from './contract.ts';
import { runMetric } from './run-metric.ts';

/** Graphs of what the functions of a run count. */
export function runGraphs(props: StageProps<WindSpeedSettings, 'parent' | 'child'>): readonly WorkloadGraph[] {
  return [
    {
      title: 'objects',
      metrics: [
        runMetric(props, 'Objects', Stats.SUM, 'looked at'),
        runMetric(props, 'FailedObjects', Stats.SUM, 'could not be read'),
      ],
    },
    { title: 'bytes', metrics: [runMetric(props, 'Bytes', Stats.SUM, 'read')] },
    {
      title: 'fast path, percent of objects',
      metrics: [
        runMetric(props, 'FastPathShare', Stats.AVERAGE, 'average of batches'),
        runMetric(props, 'FastPathShare', Stats.MINIMUM, 'lowest of a batch'),
      ],
    },
    {
      title: 'duration of a batch',
      metrics: [
        runMetric(props, 'BatchDuration', Stats.AVERAGE, 'average'),
        runMetric(props, 'BatchDuration', Stats.MAXIMUM, 'longest'),
      ],
    },
  ];
}
