import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Pass } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { Workflow } from '../../../blocks/workflow/workflow.ts';

export interface YearsWorkflowProps {
  /** Years of a run whose input names none. */
  readonly years: readonly number[];
  readonly logRetention: RetentionDays;
}

/** A second workflow of the child, which no other account knows: says which years there are texts of. */
export class YearsWorkflow extends Construct {
  constructor(scope: Construct, id: string, { years, logRetention }: YearsWorkflowProps) {
    super(scope, id);
    const outputs = `{% $exists($states.input.years) ? $states.input.years : ${JSON.stringify(years)} %}`;
    new Workflow(this, 'Workflow', {
      definition: Pass.jsonata(this, 'Years', { outputs }),
      timeoutMinutes: 5,
      logRetention,
    });
  }
}
