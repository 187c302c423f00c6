import { isAskedOn, isKnownAction, resourcesOf } from '@crosswind/iam/service-reference';
import type { AskedRequest } from '../../policies/reach/new-access-types.ts';
import { WrongInput } from '../failure.ts';

/**
 * The action and ARN of `--why` and `--ask`.
 * @throws WrongInput where they are not two values, or no action and ARN, or --ask names an ARN that the action is not on
 */
export function questionIn(
  option: '--why' | '--ask',
  values: readonly string[],
): Pick<AskedRequest, 'action' | 'resource'> {
  const example = `write ${option} s3:GetObject arn:aws:s3:::bucket/key`;
  const [action, resource, ...others] = values;
  if (action === undefined || resource === undefined || others.length > 0) {
    throw new WrongInput(
      `${option} takes an action and an ARN, got ${values.length === 1 ? '1 value' : `${values.length} values`}: ${values.join(' ')}; ${example}`,
    );
  }
  if (!isKnownAction(action.toLowerCase())) {
    throw new WrongInput(`${option}: the service authorization reference has no action "${action}"; ${example}`);
  }
  if (resource !== '*' && !/^arn:[^:]+:[^:]+:[^:]*:[^:]*:./.test(resource)) {
    throw new WrongInput(
      `${option}: "${resource}" is neither an ARN nor "*", for actions without a resource; ${example}`,
    );
  }
  if (option === '--ask') checkResource(action, resource, example);
  return { action, resource };
}

/** A request that AWS never gets would be answered by policies that happen to match it. */
function checkResource(action: string, resource: string, example: string): void {
  const types = resourcesOf(action);
  if (types.length === 0 || isAskedOn(action, resource)) return;
  throw new WrongInput(`--ask: ${action} is on ${types.join(' or ')}, got "${resource}"; ${example}`);
}
