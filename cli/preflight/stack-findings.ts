import type { AccountBaseline } from '../../onboarding/baseline/baseline.ts';
import type { RegionFacts } from './account-facts.ts';
import type { Finding } from './finding.ts';

const runbook = 'docs/runbooks/stack-failed.md';

/**
 * Command that frees a stack, by the status in which CloudFormation refuses its next update ("Understand CloudFormation
 * stack creation events", status codes).
 */
const commands: Readonly<Record<string, string>> = {
  CREATE_FAILED: 'delete-stack',
  DELETE_FAILED: 'delete-stack',
  REVIEW_IN_PROGRESS: 'delete-stack',
  ROLLBACK_COMPLETE: 'delete-stack',
  ROLLBACK_FAILED: 'delete-stack',
  UPDATE_FAILED: 'rollback-stack',
  UPDATE_ROLLBACK_FAILED: 'continue-update-rollback',
};

/** Stacks that the next push cannot update. */
export const stackFindings = (
  { account, id }: AccountBaseline,
  { region, stacks }: RegionFacts,
): readonly Omit<Finding, 'severity'>[] =>
  stacks.flatMap(({ name, status }) => {
    const command = commands[status];
    if (command === undefined) return [];
    return [
      {
        check: 'stack',
        account,
        id,
        region,
        found: `${name} is ${status}`,
        needed: 'a stack that can be updated',
        fix: `aws cloudformation ${command} --region ${region} --stack-name ${name} # in account ${id}; read ${runbook} first`,
      } as const,
    ];
  });
