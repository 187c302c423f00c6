import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { defineWorkload } from '../../blocks/workload.ts';
import { ChildWorkflow } from './child-workflow.ts';
import { type WindSpeedSettings, contract } from './contract.ts';
import { DeployedSample } from './deployed-sample.ts';
import { importSignals } from './import-signals.ts';
import { ImportWorkflow } from './import-workflow.ts';
import { ParentWorkflow } from './parent-workflow.ts';
import { runGraphs } from './run-graphs.ts';
import { runSignals } from './run-signals.ts';
import { WeatherBuckets } from './weather-buckets.ts';

/** The first tenant: mean wind speeds of NOAA's weather stations, in miles per hour. */
export const workload = defineWorkload(contract, {
  stages: {
    parent(scope, { address, settings }) {
      const { batchSize } = settings;
      return new ParentWorkflow(scope, 'Parent', { address, batchSize, logRetention: retention(settings) })
        .stateMachine;
    },
    child(scope, { address, wave, settings, organizationId }) {
      const logRetention = retention(settings);
      const buckets = new WeatherBuckets(scope, 'Weather', { ...settings, organizationId });
      const { stateMachine } = new ChildWorkflow(scope, 'Child', { address, wave, buckets, settings, logRetention });
      new ImportWorkflow(scope, 'Import', { address, buckets, years: settings.years, logRetention });
      new DeployedSample(scope, 'Sample', { buckets, logRetention });
      return stateMachine;
    },
  },
  signals: (scope, props) => [...importSignals(scope, props.address), ...runSignals(props)],
  graphs: runGraphs,
});

const retentionDays = {
  7: RetentionDays.ONE_WEEK,
  30: RetentionDays.ONE_MONTH,
  90: RetentionDays.THREE_MONTHS,
  365: RetentionDays.ONE_YEAR,
};

const retention = ({ logRetentionDays }: WindSpeedSettings): RetentionDays => retentionDays[logRetentionDays];
