import { textOf } from '@crosswind/aws/json';
import { AwsJsonError } from '../../aws-json/aws-json-error.ts';
import type { AwsJsonCall } from '../../aws-json/aws-json-service.ts';
import { permit } from '../../aws-json/permit.ts';
import type { ChangeSet } from '../stacks/change-set.ts';
import type { DeployedStack } from '../stacks/stack.ts';
import { type CloudFormationApi, placeOf, required, stackArn, validationError } from './cloudformation-api.ts';

/** The change set that a request names by its ARN, or by its name and stack. */
export function changeSetAt(
  api: CloudFormationApi,
  call: AwsJsonCall,
  action: string,
): { readonly stack: DeployedStack; readonly changeSet: ChangeSet } {
  const { stack, changeSet } = changeSetNamed(api, call, action);
  if (stack && changeSet) return { stack, changeSet };
  throw new AwsJsonError('ChangeSetNotFound', `ChangeSet [${required(call, 'ChangeSetName')}] does not exist`, 404);
}

/** The same, if it is there. */
export function changeSetNamed(
  api: CloudFormationApi,
  call: AwsJsonCall,
  action: string,
): { readonly stack?: DeployedStack; readonly changeSet?: ChangeSet } {
  const name = required(call, 'ChangeSetName');
  const { stacks } = api.cloudFormation;
  const { StackName: stackName } = call.body;
  const isId = name.startsWith('arn:');
  if (!isId && stackName === undefined)
    throw validationError('StackName must be specified if ChangeSetName is not specified as an ARN.');
  const all = isId ? stacks.all(placeOf(call)) : [stacks.find(placeOf(call), textOf(stackName))];
  const stack = all.find((each) => each && (!isId || [...each.changeSets.values()].some(({ id }) => id === name)));
  permit(api.authorize, call, `cloudformation:${action}`, stack?.id ?? stackArn(call, textOf(stackName ?? '*')));
  if (!stack && !isId) throw validationError(`Stack [${textOf(stackName)}] does not exist`);
  const changeSet = [...(stack?.changeSets.values() ?? [])].find((each) => each.id === name || each.name === name);
  return { ...(stack && { stack }), ...(changeSet && { changeSet }) };
}
