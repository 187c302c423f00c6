import { defined } from '@crosswind/aws/json';
import { changeSetAt } from './change-set-named.ts';
import { changeOf } from './change-shown.ts';
import { type CloudFormationOperation, seconds } from './cloudformation-api.ts';
import { parametersOf } from './describe-operations.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html */
export const describeChangeSet: CloudFormationOperation = (api, call) => {
  const { stack, changeSet } = changeSetAt(api, call, 'DescribeChangeSet');
  const withValues = call.body['IncludePropertyValues'] === true;
  return defined({
    ChangeSetName: changeSet.name,
    ChangeSetId: changeSet.id,
    StackId: stack.id,
    StackName: stack.name,
    Description: changeSet.description,
    Parameters: parametersOf(changeSet.input),
    CreationTime: seconds(changeSet.createdAt),
    ExecutionStatus: changeSet.executionStatus,
    Status: changeSet.status,
    StatusReason: changeSet.statusReason,
    NotificationARNs: [],
    RollbackConfiguration: {},
    Capabilities: [...changeSet.input.capabilities],
    Tags: Object.entries(changeSet.input.tags).map(([Key, Value]) => ({ Key, Value })),
    OnStackFailure: changeSet.onStackFailure,
    Changes: changeSet.changes.map((change) => ({ Type: 'Resource', ResourceChange: changeOf(change, withValues) })),
    IncludeNestedStacks: false,
  });
};
