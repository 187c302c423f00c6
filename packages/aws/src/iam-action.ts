import { servicePrefix } from './arn.ts';

/** Actions by prefix and operation, where they have other names (Service Authorization Reference; connect-…). */
const actions = new Map(
  Object.entries({
    'apigateway:Invoke': 'execute-api:Invoke',
    'elasticmapreduce:AddStep': 'elasticmapreduce:AddJobFlowSteps',
    'elasticmapreduce:CreateCluster': 'elasticmapreduce:RunJobFlow',
    'http:Invoke': 'states:InvokeHTTPEndpoint',
    'lambda:Invoke': 'lambda:InvokeFunction',
    's3:DeleteObjects': 's3:DeleteObject',
    's3:HeadBucket': 's3:ListBucket',
    's3:HeadObject': 's3:GetObject',
    's3:ListBuckets': 's3:ListAllMyBuckets',
    's3:ListObjects': 's3:ListBucket',
    's3:ListObjectsV2': 's3:ListBucket',
  }),
);

/** The IAM action of an operation, which may begin in lower case as in the resource of a task. */
export function iamAction(service: string, operation: string): string {
  const action = `${servicePrefix(service)}:${operation.charAt(0).toUpperCase()}${operation.slice(1)}`;
  return actions.get(action) ?? action;
}
