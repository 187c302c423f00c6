import { defined, type JsonObject, objectOf, textOf } from '@crosswind/aws/json';
import type { AwsJsonCall } from '../../aws-json/aws-json-service.ts';
import { pager } from '../../aws-json/pager.ts';
import { permit } from '../../aws-json/permit.ts';
import type { DeployedStack, StackEvent } from '../stacks/stack.ts';
import type { StackOperation, ValidationEvent } from '../stacks/stack-operation.ts';
import { changeSetAt } from './change-set-named.ts';
import {
  type CloudFormationApi,
  type CloudFormationOperation,
  placeOf,
  seconds,
  stackArn,
  stackAt,
  validationError,
} from './cloudformation-api.ts';

const { pageOf } = pager('NextToken', () => validationError('Invalid NextToken'));

/** Events on a page; AWS does not say how many, its answers have at most 1 MB. */
const pageSize = 100;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeEvents.html */
export const describeEvents: CloudFormationOperation = (api, call) => {
  const { stack, operationId } = meant(api, call);
  const { FailedEvents: failedOnly } = objectOf(call.body['Filters']);
  const { NextToken: token } = call.body;
  const all = [
    ...stack.events.map((event) => ({ at: event.at, shown: progressOf(stack, event) })),
    ...stack.validations.map((event) => ({ at: event.at, shown: validationOf(stack, event) })),
  ]
    .sort((one, other) => other.at - one.at)
    .map(({ shown }) => shown)
    .filter((shown) => operationId === undefined || shown['OperationId'] === operationId)
    .filter(({ EventType: kind }) => failedOnly !== true || textOf(kind).endsWith('_ERROR'));
  const { items, next } = pageOf(all, {
    of: ['DescribeEvents', stack.id, operationId, failedOnly],
    size: pageSize,
    token: token === undefined ? token : textOf(token),
  });
  return { OperationEvents: items, ...next };
};

/** The stack whose events are asked for, and the one operation that they are of. */
function meant(
  api: CloudFormationApi,
  call: AwsJsonCall,
): { readonly stack: DeployedStack; readonly operationId?: string } {
  const { ChangeSetName: changeSetName, OperationId: id, StackName: stackName } = call.body;
  if (changeSetName !== undefined) {
    const { stack, changeSet } = changeSetAt(api, call, 'DescribeEvents');
    return { stack, operationId: changeSet.operationId };
  }
  if (stackName !== undefined) {
    const stack = stackAt(api, call, 'DescribeEvents');
    return id === undefined ? { stack } : { stack, operationId: textOf(id) };
  }
  if (id === undefined) throw validationError('One of ChangeSetName, OperationId or StackName must be specified');
  const stack = api.cloudFormation.stacks
    .all(placeOf(call))
    .find(({ operations }) => operations.some((operation) => operation.id === id));
  permit(api.authorize, call, 'cloudformation:DescribeEvents', stack?.id ?? stackArn(call, '*'));
  if (stack) return { stack, operationId: textOf(id) };
  throw validationError(`Operation [${textOf(id)}] does not exist`);
}

const commonOf = (stack: DeployedStack, { id, at, operationId }: Pick<StackEvent, 'id' | 'at' | 'operationId'>) => {
  const operation = stack.operations.find((each) => each.id === operationId);
  const shown = {
    EventId: id,
    StackId: stack.id,
    OperationId: operationId,
    OperationType: operation?.type,
    OperationStatus: operation?.status,
    Timestamp: seconds(at),
  };
  return { operation, shown };
};

function progressOf(stack: DeployedStack, event: StackEvent): JsonObject {
  const { operation, shown } = commonOf(stack, event);
  return defined({
    ...shown,
    ...(event.physicalId === stack.id && timesOf(operation)),
    EventType: kindOf(stack, event),
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    ResourceStatus: event.status,
    ResourceStatusReason: event.reason,
    ResourceProperties: event.properties && JSON.stringify(event.properties),
    ClientRequestToken: event.requestToken,
  });
}

const timesOf = (operation: StackOperation | undefined): JsonObject =>
  defined({
    StartTime: operation && seconds(operation.startedAt),
    EndTime: operation?.endedAt === undefined ? undefined : seconds(operation.endedAt),
  });

function kindOf({ id }: DeployedStack, { physicalId, status }: StackEvent): string {
  if (physicalId === id) return 'STACK_EVENT';
  return status.endsWith('_FAILED') ? 'PROVISIONING_ERROR' : 'PROGRESS_EVENT';
}

const validationOf = (stack: DeployedStack, event: ValidationEvent): JsonObject =>
  defined({
    ...commonOf(stack, event).shown,
    EventType: 'VALIDATION_ERROR',
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    ValidationFailureMode: event.mode,
    ValidationName: event.name,
    ValidationStatus: 'FAILED',
    ValidationStatusReason: event.reason,
    ValidationPath: event.path,
  });
