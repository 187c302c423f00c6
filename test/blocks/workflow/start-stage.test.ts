import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { expect, test } from 'vitest';
import { crossAccountStarts } from '@crosswind/assembly/cross-account-starts';
import type { WorkloadAddress } from '../../../blocks/workflow/address.ts';
import { type StartStageProps, startStage } from '../../../blocks/workflow/start-stage.ts';
import { Workflow } from '../../../blocks/workflow/workflow.ts';
import { stackWith } from '../../synthesized.ts';

const address: WorkloadAddress<'parent' | 'child'> = {
  tenant: 'tried',
  region: 'us-east-1',
  accounts: { parent: '444444444444', child: '555555555555' },
};

const other = 'arn:aws:iam::555555555555:role/crosswind-tried-other-target';

test.each<[string, Pick<StartStageProps<'child'>, 'targetRoleArn'>, string]>([
  ['the target role of the started stage', {}, 'arn:aws:iam::555555555555:role/crosswind-tried-target'],
  ['the role that it is given', { targetRoleArn: other }, other],
])('a start assumes %s, and no other', (_, props, expected) => {
  const { stack, template } = stackWith((scope) => {
    const definition = startStage(scope, 'Start', { address, stage: 'child', input: {}, timeoutMinutes: 5, ...props });
    new Workflow(scope, 'Workflow', { definition, timeoutMinutes: 10, logRetention: RetentionDays.ONE_WEEK });
  });
  expect(crossAccountStarts([stack]).map(({ targetRoleArn }) => targetRoleArn)).toEqual([expected]);
  const granted = JSON.stringify(template.findResources('AWS::IAM::Policy'));
  expect(granted.match(/arn:aws:iam::555555555555:role\/[\w-]+/g)).toEqual([expected]);
});
