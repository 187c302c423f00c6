import { type AwsJsonOperation, awsJsonService } from '../../aws-json/aws-json-service.ts';
import type { HttpService } from '../../endpoint.ts';
import { queryProtocol } from '../../protocols/query-protocol.ts';
import { changeSetOperations } from './change-set-operations.ts';
import type { CloudFormationApi, CloudFormationOperation } from './cloudformation-api.ts';
import { describeOperations } from './describe-operations.ts';
import { driftOperations } from './drift-operations.ts';
import { fieldKinds } from './field-kinds.ts';
import { refuseParameters } from './honored-parameters.ts';
import { stackOperations } from './stack-operations.ts';

const others = [
  queryProtocol({
    namespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
    kinds: fieldKinds,
    codes: { AccessDeniedException: 'AccessDenied' },
  }),
];

/** What CloudFormation answers, by the name of the operation. */
export const cloudFormationOperations: ReadonlyMap<string, CloudFormationOperation> = new Map([
  ...stackOperations,
  ...changeSetOperations,
  ...describeOperations,
  ...driftOperations,
]);

/** CloudFormation over HTTP, the query protocol. */
export function cloudFormationService(api: CloudFormationApi): HttpService {
  return awsJsonService({
    title: 'CloudFormation',
    signingName: 'cloudformation',
    target: 'CloudFormation_20100515',
    version: '1.1',
    operations: new Map(
      [...cloudFormationOperations].map(([name, operation]): [string, AwsJsonOperation] => [
        name,
        (call) => {
          refuseParameters(name, call.body);
          return operation(api, call);
        },
      ]),
    ),
    others,
  });
}
