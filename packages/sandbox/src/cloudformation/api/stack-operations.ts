import { defined, type JsonObject, textOf } from '@crosswind/aws/json';
import { AwsJsonError } from '../../aws-json/aws-json-error.ts';
import { permit } from '../../aws-json/permit.ts';
import type { Request } from '../operations/request.ts';
import type { DeployedStack } from '../stacks/stack.ts';
import type { OperationType } from '../stacks/stack-operation.ts';
import type { OnFailure } from '../stacks/statuses.ts';
import {
  answered,
  type CloudFormationOperation,
  placeOf,
  required,
  stackArn,
  stackAt,
  textsOf,
  validationError,
} from './cloudformation-api.ts';
import { actorOf, inputOf } from './input.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
const createStack: CloudFormationOperation = async (api, call) => {
  const { body } = call;
  const name = required(call, 'StackName');
  checkName(name);
  permit(api.authorize, call, 'cloudformation:CreateStack', stackArn(call, name));
  const { stacks } = api.cloudFormation;
  if (stacks.find(placeOf(call), name))
    throw new AwsJsonError('AlreadyExistsException', `Stack [${name}] already exists`);
  const roleArn = roleIn(body);
  const actor = actorOf(api, call, {}, roleArn);
  const input = await inputOf(api, call, undefined, [actor]);
  const stack = stacks.add(placeOf(call), name, api.now());
  configure(stack, body, roleArn);
  const onFailure = onFailureOf(body);
  try {
    void answered(() => api.cloudFormation.create(stack, input, onFailure, validatedRequestOf(body, actor)));
  } catch (error) {
    stacks.forget(stack);
    throw error;
  }
  return begun(stack, 'CREATE_STACK');
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStack.html */
const updateStack: CloudFormationOperation = async (api, call) => {
  const { body } = call;
  const stack = stackAt(api, call, 'UpdateStack');
  const roleArn = roleIn(body);
  const actor = actorOf(api, call, stack, roleArn);
  const input = await inputOf(api, call, stack, [actor]);
  const keeps = body['DisableRollback'] === true;
  void answered(() => api.cloudFormation.update(stack, input, keeps, validatedRequestOf(body, actor)));
  stack.roleArn = roleArn ?? stack.roleArn;
  return begun(stack, 'UPDATE_STACK');
};

/** The request of an operation that early validation looks at first; what a change set does is validated with it. */
const validatedRequestOf = (body: JsonObject, actor: Request['actor']): Request => ({
  ...requestOf(body, actor),
  isValidated: isValidated(body),
});

/** Answer of an operation that has begun; it may have ended in a rollback already. */
const begun = ({ id, operations }: DeployedStack, type: OperationType): JsonObject =>
  defined({ StackId: id, OperationId: operations.filter((operation) => operation.type === type).at(-1)?.id });

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html */
const deleteStack: CloudFormationOperation = (api, call) => {
  const { body } = call;
  const name = required(call, 'StackName');
  const found = api.cloudFormation.stacks.find(placeOf(call), name);
  permit(api.authorize, call, 'cloudformation:DeleteStack', found?.id ?? stackArn(call, name));
  // Deleting what is gone is no error.
  if (!found || found.deletedAt !== undefined) return {};
  const roleArn = roleIn(body);
  const actor = actorOf(api, call, found, roleArn);
  const retained = new Set(textsOf(body['RetainResources']));
  if (retained.size > 0 && found.status !== 'DELETE_FAILED') {
    throw validationError(
      `Invalid operation on stack [${found.id}]. Retain resources can only be specified on stacks in DELETE_FAILED state.`,
    );
  }
  if (found.status === 'REVIEW_IN_PROGRESS') {
    found.deletedAt = api.now();
    found.status = 'DELETE_COMPLETE';
    api.cloudFormation.stacks.remove(found);
    return {};
  }
  void answered(() => api.cloudFormation.delete(found, retained, requestOf(body, actor)));
  return {};
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html */
const continueUpdateRollback: CloudFormationOperation = (api, call) => {
  const { body } = call;
  const stack = stackAt(api, call, 'ContinueUpdateRollback');
  const roleArn = roleIn(body);
  const actor = actorOf(api, call, stack, roleArn);
  const skipped = new Set(textsOf(body['ResourcesToSkip']));
  void answered(() => api.cloudFormation.continueRollback(stack, skipped, requestOf(body, actor)));
  // "CloudFormation always uses this role for all future operations on the stack".
  stack.roleArn = roleArn ?? stack.roleArn;
  return {};
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackStack.html */
const rollbackStack: CloudFormationOperation = (api, call) => {
  const stack = stackAt(api, call, 'RollbackStack');
  const roleArn = roleIn(call.body);
  const actor = actorOf(api, call, stack, roleArn);
  void answered(() => api.cloudFormation.rollBackStack(stack, requestOf(call.body, actor)));
  stack.roleArn = roleArn ?? stack.roleArn;
  return { StackId: stack.id };
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateTerminationProtection.html */
const updateTerminationProtection: CloudFormationOperation = (api, call) => {
  const stack = stackAt(api, call, 'UpdateTerminationProtection');
  stack.terminationProtection = call.body['EnableTerminationProtection'] === true;
  return { StackId: stack.id };
};

export const stackOperations: readonly (readonly [string, CloudFormationOperation])[] = [
  ['CreateStack', createStack],
  ['UpdateStack', updateStack],
  ['DeleteStack', deleteStack],
  ['ContinueUpdateRollback', continueUpdateRollback],
  ['RollbackStack', rollbackStack],
  ['UpdateTerminationProtection', updateTerminationProtection],
];

/** Forms of names as AWS writes them ("CreateStack", StackName; "CreateChangeSet", ChangeSetName). */
const nameForms = {
  stackName: '[a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*',
  changeSetName: '[a-zA-Z][-a-zA-Z0-9]*',
} as const;

/** Refuses a name that is none. */
export function checkName(name: string, field: keyof typeof nameForms = 'stackName'): void {
  const refused = (constraint: string) =>
    validationError(
      `1 validation error detected: Value '${name}' at '${field}' failed to satisfy constraint: Member must ${constraint}`,
    );
  if (!/^[a-zA-Z][-a-zA-Z0-9]*$/.test(name)) {
    throw refused(`satisfy regular expression pattern: ${nameForms[field]}`);
  }
  if (name.length > 128) throw refused('have length less than or equal to 128');
}

/** The role that a request hands over. */
export const roleIn = ({ RoleARN: role }: JsonObject): string | undefined => (role === undefined ? role : textOf(role));

/** How a request wants its operation. */
export const requestOf = (body: JsonObject, actor: Request['actor']): Request => ({
  actor,
  requestToken: body['ClientRequestToken'] === undefined ? undefined : textOf(body['ClientRequestToken']),
  deletesNew: body['RetainExceptOnCreate'] === true,
});

export const isValidated = ({ DisableValidation: disabled }: JsonObject): boolean => disabled !== true;

/** Settings of a new stack that are no part of its template. */
export function configure(stack: DeployedStack, body: JsonObject, roleArn: string | undefined): void {
  stack.roleArn = roleArn;
  stack.terminationProtection = body['EnableTerminationProtection'] === true;
  stack.disableRollback = body['DisableRollback'] === true;
}

function onFailureOf({ OnFailure: onFailure, DisableRollback: disabled }: JsonObject): OnFailure {
  if (onFailure !== undefined && disabled !== undefined) {
    throw validationError('You cannot specify both DisableRollback and OnFailure');
  }
  if (onFailure === 'DELETE' || onFailure === 'DO_NOTHING') return onFailure;
  return disabled === true ? 'DO_NOTHING' : 'ROLLBACK';
}
