import type { Resource, Stack } from '../../assembly/resolve.ts';
import { type StateMachineResource, toStateMachine } from '../../assembly/state-machines.ts';
import { objectOf } from '../../assembly/template.ts';
import type { Cloud } from '../cloud.ts';
import type { RolePrincipal } from '../iam/sessions.ts';
import { unsupportedResources } from '../step-functions/integrations.ts';
import { parseDefinition } from '../workflow/parse-definition.ts';
import { DeploymentRefused } from './refusal.ts';

/** What Step Functions must be allowed to do to log (cw-logs, "IAM Policies for logging to CloudWatch Logs"). */
const loggingActions = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
];

/** Creates a state machine if its role can be assumed and may log, and if the sandbox can run all of its definition. */
export function createStateMachine(cloud: Cloud, resource: Resource, stack: Stack): void {
  const described = toStateMachine(stack, resource);
  if (cloud.stateMachines.get(described.arn)) {
    throw new DeploymentRefused('StateMachineAlreadyExists', `State Machine Already Exists: '${described.arn}'`);
  }
  const parsed = parseDefinition(described.definition, described.type);
  const problems = parsed.ok ? unsupportedResources(parsed.machine) : parsed.problems;
  if (!parsed.ok || problems.length > 0) throw new DeploymentRefused('InvalidDefinition', problems.join('\n'));
  checkLogging(cloud, described, assumeRole(cloud, described));
  const logging = objectOf(resource.properties['LoggingConfiguration']);
  cloud.stateMachines.add({ ...described, machine: parsed.machine, createdAt: cloud.simulation.now(), logging });
}

function assumeRole({ sessions }: Cloud, { arn, name, account, roleArn }: StateMachineResource): RolePrincipal {
  const service = { kind: 'service', service: 'states.amazonaws.com' } as const;
  const assumed = sessions.assumeRole(service, roleArn, name, { 'aws:SourceAccount': account, 'aws:SourceArn': arn });
  if (assumed.ok) return assumed.session;
  const message = `Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role. (${assumed.denied.reason})`;
  throw new DeploymentRefused('AccessDeniedException', message);
}

function checkLogging(
  { authorize, logGroups }: Cloud,
  { account, logGroupArn }: StateMachineResource,
  principal: RolePrincipal,
): void {
  if (logGroupArn === undefined) return;
  const denied = loggingActions
    .map((action) => authorize({ principal, action, resource: '*', resourceAccount: account, context: {} }))
    .find(({ allowed }) => !allowed);
  if (!denied && logGroups.has(logGroupArn)) return;
  const why = denied?.reason ?? `there is no log group ${logGroupArn}`;
  const message = `The state machine IAM Role is not authorized to access the Log Destination (${why})`;
  throw new DeploymentRefused('AccessDeniedException', message);
}
