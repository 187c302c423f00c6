import { defineWorkload } from '../../blocks/workload.ts';
import { BackWorkflow } from './back-workflow.ts';
import { contract } from './contract.ts';
import { FrontWorkflow } from './front-workflow.ts';
import { slowCount } from './slow-count.ts';

/** Constructs of the two stages, and a signal besides those of their executions. */
export const workload = defineWorkload(contract, {
  stages: {
    front: (scope, { address }) => new FrontWorkflow(scope, 'Front', { address }).stateMachine,
    back: (scope, { address, settings }) => new BackWorkflow(scope, 'Back', { address, settings }).stateMachine,
  },
  signals: (scope, { address }) => [slowCount(scope, address)],
});
