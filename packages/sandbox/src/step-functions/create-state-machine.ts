import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { type StateMachineResource, toStateMachine } from '@crosswind/assembly/state-machines';
import { objectOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import type { Cloud } from '../cloud.ts';
import type { RolePrincipal } from '../iam/sessions.ts';
import { unsupportedResources, waitsForEvents } from './integrations/integration-table.ts';
import { parseDefinition } from '@crosswind/workflow/definition/parse-definition';
import { DeploymentRefused } from '../cloudformation/refusal.ts';

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
  const role = assumeRole(cloud, described);
  checkLogging(cloud, described, role);
  if (waitsForEvents(parsed.machine)) createManagedRule(cloud, described, role);
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

/** What the role needs so that Step Functions can hear of executions by events (connect-stepfunctions, "IAM policies"). */
const ruleActions = ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'];

/** The rule by which Step Functions hears that executions of the account have ended; it is created with the role's permissions. */
function createManagedRule(
  { authorize, events }: Cloud,
  { account, region, roleArn }: StateMachineResource,
  principal: RolePrincipal,
): void {
  const name = 'StepFunctionsGetEventsForStepFunctionsExecutionRule';
  const resource = `arn:${partitionOf(region)}:events:${region}:${account}:rule/${name}`;
  const context = { 'aws:RequestedRegion': region, 'events:ManagedBy': 'states.amazonaws.com' };
  const denied = ruleActions
    .map((action) => authorize({ principal, action, resource, resourceAccount: account, context }))
    .find(({ allowed }) => !allowed);
  if (denied) {
    const message = `'${roleArn}' is not authorized to create managed-rule. (${denied.reason})`;
    throw new DeploymentRefused('AccessDeniedException', message);
  }
  events.createManagedRule(account, region);
}
