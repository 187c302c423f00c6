import type { AccountBaseline } from '../../onboarding/baseline/baseline.ts';
import { isOfPlatform, stackKey } from '../platform/platform-stacks.ts';
import type { RegionFacts } from './account-facts.ts';
import type { Found } from './finding.ts';

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

/**
 * Stacks that cannot be updated. Those of the next push stop it; one of something frozen, or one that is only called like
 * them, does not.
 *
 * @param pushed keys of the stacks that the push deploys or needs
 */
export const stackFindings = (
  { account, id }: AccountBaseline,
  { region, stacks }: Pick<RegionFacts, 'region' | 'stacks'>,
  pushed: ReadonlySet<string>,
): readonly Found[] =>
  stacks.flatMap(({ name, status }): readonly Found[] => {
    const command = commands[status];
    const isPushed = pushed.has(stackKey(id, region, name));
    if (command === undefined || !(isPushed || isOfPlatform({ name }))) return [];
    const common = { check: 'stack', account, id, region, found: `${name} is ${status}` } as const;
    const frees = `aws cloudformation ${command} --region ${region} --stack-name ${name} # in account ${id}; read ${runbook} first`;
    if (isPushed) return [{ ...common, needed: 'a stack that can be updated', fix: frees }];
    return [
      {
        ...common,
        needed: 'nothing now: the push does not deploy it',
        fix: `npx crosswind orphans where it has left the platform; before something frozen thaws: ${frees}`,
        isWarning: true,
      },
    ];
  });
