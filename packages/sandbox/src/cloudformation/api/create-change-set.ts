import { randomUUID } from 'node:crypto';
import { type JsonObject, textOf } from '@crosswind/aws/json';
import { AwsJsonError } from '../../aws-json/aws-json-error.ts';
import type { AwsJsonCall } from '../../aws-json/aws-json-service.ts';
import { permit } from '../../aws-json/permit.ts';
import { refusalFor } from '../operations/early-validation.ts';
import type { Comparison } from '../operations/comparison.ts';
import type { Actor } from '../operations/permissions.ts';
import { DeploymentRefused } from '../refusal.ts';
import type { ChangeSet } from '../stacks/change-set.ts';
import type { DeployedStack } from '../stacks/stack.ts';
import type { ValidationProblem } from '../stacks/stack-operation.ts';
import { updatable } from '../stacks/statuses.ts';
import {
  type CloudFormationApi,
  type CloudFormationOperation,
  placeOf,
  required,
  stackArn,
  validationError,
} from './cloudformation-api.ts';
import { actorOf, inputOf } from './input.ts';
import { checkName, isValidated, roleIn } from './stack-operations.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html */
export const createChangeSet: CloudFormationOperation = async (api, call) => {
  const { body } = call;
  const stackName = required(call, 'StackName');
  const name = required(call, 'ChangeSetName');
  checkName(name, 'changeSetName');
  const { stacks } = api.cloudFormation;
  const found = stacks.find(placeOf(call), stackName);
  permit(api.authorize, call, 'cloudformation:CreateChangeSet', found?.id ?? stackArn(call, stackName));
  const type = textOf(body['ChangeSetType'] ?? 'UPDATE');
  if (type !== 'CREATE' && type !== 'UPDATE')
    throw new AwsJsonError('NotImplemented', `the sandbox makes no change sets of type ${type}`, 501);
  checkTarget(found, stackName, type);
  const onStackFailure = onStackFailureOf(body, type);
  const roleArn = roleIn(body);
  const actor = actorOf(api, call, found ?? {}, roleArn);
  // The caller reads them, too (statement "ReadVersion" of the CDK's bootstrap template).
  const caller = { principal: call.principal, isCaller: true };
  const input = await inputOf(api, call, found, actor.isCaller ? [caller] : [caller, actor]);
  const stack = found ?? newStack(api, call, stackName);
  if (stack.changeSets.has(name))
    throw new AwsJsonError(
      'AlreadyExistsException',
      `ChangeSet ${name} cannot be created due to a mismatch with existing attribute State`,
    );
  const id = stack.id.replace(/:stack\/.*/, `:changeSet/${name}/${randomUUID()}`);
  const { problems, ...result } = outcome(api, stack, { input, type }, isValidated(body) ? actor : undefined);
  stack.changeSets.set(name, {
    id,
    name,
    type,
    input,
    roleArn,
    createdAt: api.now(),
    clientToken: textOf(body['ClientToken'] ?? ''),
    onStackFailure,
    description: body['Description'] === undefined ? undefined : textOf(body['Description']),
    operationId: noted(api, stack, result.status, problems),
    ...result,
  });
  return { Id: id, StackId: stack.id };
};

/** Writes the operation into the history of the stack, with what early validation has found; returns its id. */
function noted(
  api: CloudFormationApi,
  { operations, validations }: DeployedStack,
  status: ChangeSet['status'],
  problems: readonly ValidationProblem[],
): string {
  const id = randomUUID();
  const at = api.now();
  const outcome = status === 'FAILED' ? 'FAILED' : 'SUCCEEDED';
  operations.push({ id, type: 'CREATE_CHANGESET', status: outcome, startedAt: at, endedAt: at });
  validations.push(...problems.map((problem) => ({ ...problem, id: randomUUID(), at, operationId: id })));
  return id;
}

function onStackFailureOf({ OnStackFailure: asked }: JsonObject, type: ChangeSet['type']): ChangeSet['onStackFailure'] {
  if (asked === undefined) return undefined;
  if (asked !== 'DELETE' && asked !== 'DO_NOTHING' && asked !== 'ROLLBACK') {
    throw validationError(`OnStackFailure must be one of DELETE, DO_NOTHING, ROLLBACK, got ${textOf(asked)}`);
  }
  if (asked === 'DELETE' && type !== 'CREATE') {
    throw validationError('OnStackFailure DELETE is only valid for a change set of type CREATE');
  }
  return asked;
}

function checkTarget(found: DeployedStack | undefined, name: string, type: ChangeSet['type']): void {
  if (type === 'UPDATE' && (!found || found.status === 'REVIEW_IN_PROGRESS'))
    throw validationError(`Stack [${name}] does not exist`);
  if (type === 'CREATE' && found && found.status !== 'REVIEW_IN_PROGRESS') {
    throw validationError(`Stack [${name}] already exists and cannot be created again with the changeSet [${name}].`);
  }
  if (found && found.status !== 'REVIEW_IN_PROGRESS' && !updatable.has(found.status))
    throw validationError(`Stack:${found.id} is in ${found.status} state and can not be updated.`);
}

function newStack(api: CloudFormationApi, call: AwsJsonCall, name: string): DeployedStack {
  checkName(name);
  const stack = api.cloudFormation.stacks.add(placeOf(call), name, api.now());
  stack.events.push({
    id: randomUUID(),
    at: api.now(),
    logicalId: name,
    physicalId: stack.id,
    type: 'AWS::CloudFormation::Stack',
    status: 'REVIEW_IN_PROGRESS',
    reason: 'User Initiated',
  });
  return stack;
}

/** AWS's reason for a change set without changes. */
const nothing =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

type Outcome = Pick<ChangeSet, 'status' | 'statusReason' | 'executionStatus' | 'changes'> &
  Pick<Comparison, 'problems'>;

function outcome(
  api: CloudFormationApi,
  stack: DeployedStack,
  { input, type }: Pick<ChangeSet, 'input' | 'type'>,
  actor: Actor | undefined,
): Outcome {
  try {
    const { changes, isSame, problems } = api.cloudFormation.compared(stack, input, actor);
    const refusal = refusalFor(problems);
    if (refusal !== undefined) return failed(refusal, problems);
    if (type === 'UPDATE' && isSame) return failed(nothing);
    return { status: 'CREATE_COMPLETE', executionStatus: 'AVAILABLE', changes, problems };
  } catch (error) {
    if (!(error instanceof DeploymentRefused)) throw error;
    return failed(error.message);
  }
}

const failed = (statusReason: string, problems: Outcome['problems'] = []): Outcome => ({
  status: 'FAILED',
  statusReason,
  executionStatus: 'UNAVAILABLE',
  changes: [],
  problems,
});
