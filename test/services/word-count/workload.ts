import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { defineWorkload } from '../../../blocks/workload.ts';
import { ChildWorkflow } from './child-workflow.ts';
import { type WordCountSettings, contract } from './contract.ts';
import { ParentWorkflow } from './parent-workflow.ts';
import { YearsWorkflow } from './years-workflow.ts';

export const workload = defineWorkload(contract, {
  stages: {
    parent: (scope, { address, settings }) =>
      new ParentWorkflow(scope, 'Parent', { address, logRetention: retention(settings) }).stateMachine,
    child(scope, { address, settings }) {
      const logRetention = retention(settings);
      new YearsWorkflow(scope, 'Years', { years: settings.years, logRetention });
      return new ChildWorkflow(scope, 'Child', { address, settings, logRetention }).stateMachine;
    },
  },
});

const retentionDays = {
  7: RetentionDays.ONE_WEEK,
  30: RetentionDays.ONE_MONTH,
  90: RetentionDays.THREE_MONTHS,
  365: RetentionDays.ONE_YEAR,
};

const retention = ({ logRetentionDays }: WordCountSettings): RetentionDays => retentionDays[logRetentionDays];
