import { childArn, parentArn } from '@crosswind/sandbox/testing/two-accounts';
import type { RunnableStage } from '../../../cli/local/run-workload.ts';

/** The two accounts of the sandbox's tests as the stages of a workload. */
export const twoStages: readonly RunnableStage[] = [
  { stage: 'parent', account: '111111111111', stateMachineArn: parentArn, starts: ['child'] },
  { stage: 'child', account: '222222222222', stateMachineArn: childArn, starts: [] },
];
