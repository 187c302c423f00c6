import type { Resource, Stack } from '@crosswind/assembly/resolve';
import {
  InvalidDefinition,
  type StateMachineResource,
  toStateMachine,
  UnreadableDefinition,
} from '@crosswind/assembly/state-machines';
import { objectOf } from '@crosswind/aws/json';
import type { Decision, Denied } from '@crosswind/iam/decision';
import { partitionOf } from '@crosswind/aws/partition';
import type { Simulation } from '@crosswind/workflow/clock/simulation';
import type { OnlyOnAws } from '../cloudformation/only-on-aws.ts';
import type { OpaqueResources } from '../cloudformation/opaque-resources.ts';
import type { EventBuses } from '../events/event-buses.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { LogGroups } from '../logs/log-groups.ts';
import { liveProperties } from '../live-properties.ts';
import type { ResourceHandler } from '../service.ts';
import type { DeployedStateMachine, StateMachines } from './runtime/state-machines.ts';
import type { RolePrincipal, Sessions } from '../iam/sessions.ts';
import { type IntegrationTable, waitsForEvents } from './integrations/integration-table.ts';
import { parseDefinition } from '@crosswind/workflow/definition/parse-definition';
import { DeploymentRefused, forbidden } from '../cloudformation/refusal.ts';

/** Actions that the role needs for logging (cw-logs, "IAM Policies for logging to CloudWatch Logs"). */
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

export interface CreateStateMachinePorts {
  readonly authorize: Authorize;
  readonly sessions: Sessions;
  readonly simulation: Simulation;
  readonly logGroups: LogGroups;
  readonly events: EventBuses;
  readonly stateMachines: StateMachines;
  readonly integrations: IntegrationTable;
  readonly opaque: OpaqueResources;
  readonly onlyOnAws: OnlyOnAws;
}

/** `AWS::StepFunctions::StateMachine`. */
export function stateMachineHandler(ports: CreateStateMachinePorts): ResourceHandler {
  const { stateMachines, simulation } = ports;
  return {
    create: (resource, stack) => {
      const { arn = '' } = resource;
      if (stateMachines.get(arn)) {
        throw new DeploymentRefused('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
      }
      const described = checked(ports, resource, stack);
      stateMachines.set({ ...described, createdAt: simulation.now(), lifetime: { isDeleted: false } });
    },
    update: (resource, _, stack) => {
      const { arn = '' } = resource;
      const before = stateMachines.get(arn);
      if (!before) {
        throw new DeploymentRefused('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
      }
      const described = checked(ports, resource, stack);
      stateMachines.set({ ...described, createdAt: before.createdAt, lifetime: before.lifetime });
    },
    delete: ({ arn = '' }) => {
      stateMachines.remove(arn);
    },
    read: ({ arn = '' }) => {
      const machine = stateMachines.get(arn);
      return machine && liveProperties({ ...machine.properties, StateMachineName: machine.name });
    },
  };
}

/**
 * The state machine, if its role can be assumed and may log. A definition that AWS runs and the sandbox does not makes it
 * opaque; so do, task by task, integrations that no service offers.
 */
function checked(
  ports: CreateStateMachinePorts,
  resource: Resource,
  stack: Stack,
): Omit<DeployedStateMachine, 'createdAt' | 'lifetime'> {
  const { integrations, opaque, onlyOnAws, logGroups } = ports;
  const described = readable(stack, resource);
  const parsed = parseDefinition(described.definition, described.type);
  if (!parsed.ok) throw refusal(parsed.problems);
  const role = assumeRole(ports, described);
  checkLogging(ports, described, role);
  if (waitsForEvents(parsed.machine)) createManagedRule(ports, described, role);
  const { logGroupArn } = described;
  const isLogged = logGroupArn === undefined || logGroups.has(logGroupArn);
  const unlogged = isLogged ? undefined : onlyOnAws.why('log group', logGroupArn);
  const lacks = [
    ...integrations.unsupported(parsed.machine, resource.path),
    ...(unlogged === undefined ? [] : [unlogged]),
  ];
  if (lacks.length > 0) opaque.add(resource, stack, lacks.join('; '));
  const logging = objectOf(resource.properties['LoggingConfiguration']);
  const { path, properties } = resource;
  return { ...described, path, properties, machine: parsed.machine, logging };
}

/** The state machine; AWS refuses a definition that is none, and not one that only the assembly reader cannot read. */
function readable(stack: Stack, resource: Resource): StateMachineResource {
  try {
    return toStateMachine(stack, resource);
  } catch (error) {
    if (error instanceof InvalidDefinition) throw new DeploymentRefused('InvalidDefinition', error.message);
    throw error instanceof UnreadableDefinition ? new DeploymentRefused('NotSupported', error.message) : error;
  }
}

/** A definition that only the sandbox cannot run is not AWS's to refuse. */
const refusal = (problems: readonly string[]): DeploymentRefused =>
  problems.every((problem) => problem.includes('supported by the sandbox'))
    ? new DeploymentRefused('NotSupported', problems.join('\n'))
    : new DeploymentRefused('InvalidDefinition', problems.join('\n'));

function assumeRole(
  { sessions, onlyOnAws }: CreateStateMachinePorts,
  { arn, name, account, roleArn }: StateMachineResource,
): RolePrincipal {
  const service = { kind: 'service', service: 'states.amazonaws.com' } as const;
  const assumed = sessions.assumeRole(service, roleArn, name, { 'aws:SourceAccount': account, 'aws:SourceArn': arn });
  if (assumed.ok) return assumed.session;
  const message = `Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role. (${assumed.denied.reason})`;
  throw onlyOnAws.refusal('role', roleArn, forbidden('AccessDeniedException', message, assumed.denied));
}

function checkLogging(
  { authorize, logGroups, onlyOnAws }: CreateStateMachinePorts,
  { account, logGroupArn }: StateMachineResource,
  principal: RolePrincipal,
): void {
  if (logGroupArn === undefined) return;
  const denial = denialIn(
    loggingActions.map((action) =>
      authorize({ principal, action, resource: '*', resourceAccount: account, context: {} }),
    ),
  );
  const isThere = logGroups.has(logGroupArn) || onlyOnAws.why('log group', logGroupArn) !== undefined;
  if (!denial && isThere) return;
  const why = denial?.reason ?? `there is no log group ${logGroupArn}`;
  const message = `The state machine IAM Role is not authorized to access the Log Destination (${why})`;
  throw denial
    ? forbidden('AccessDeniedException', message, denial)
    : new DeploymentRefused('AccessDeniedException', message);
}

/** The first denial, a certain one before one that is undecidable. */
function denialIn(decisions: readonly Decision[]): Denied | undefined {
  const denials = decisions.filter((decision) => !decision.allowed);
  return denials.find(({ kind }) => kind !== 'undecidable') ?? denials[0];
}

/**
 * Actions that the role needs so that Step Functions receives events of executions (connect-stepfunctions, "IAM
 * policies").
 */
const ruleActions = ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'];

/** Creates the managed rule as the role. It notifies Step Functions when executions of the account end. */
function createManagedRule(
  { authorize, events }: CreateStateMachinePorts,
  { account, region, roleArn }: StateMachineResource,
  principal: RolePrincipal,
): void {
  const name = 'StepFunctionsGetEventsForStepFunctionsExecutionRule';
  const resource = `arn:${partitionOf(region)}:events:${region}:${account}:rule/${name}`;
  const context = { 'aws:RequestedRegion': region, 'events:ManagedBy': 'states.amazonaws.com' };
  const denial = denialIn(
    ruleActions.map((action) => authorize({ principal, action, resource, resourceAccount: account, context })),
  );
  if (denial) {
    const message = `'${roleArn}' is not authorized to create managed-rule. (${denial.reason})`;
    throw forbidden('AccessDeniedException', message, denial);
  }
  events.createManagedRule(account, region);
}
