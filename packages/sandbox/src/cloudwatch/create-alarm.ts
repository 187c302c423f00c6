import { accountOf } from '@crosswind/aws/arn';
import { partitionOf } from '@crosswind/aws/partition';
import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { textOf } from '@crosswind/aws/json';
import type { MetricCriteria, Watched } from './alarm/alarm.ts';
import { alarmsIn, type CompositeRule, parseRule, RuleError } from './alarm/composite-rule.ts';
import { metricCriteria } from './alarm/metric-criteria.ts';
import type { Environment } from '@crosswind/assembly/read-assembly';
import type { Simulation } from '@crosswind/workflow/clock/simulation';
import type { Identities } from '../iam/identities.ts';
import type { Observability } from '../oam/observability.ts';
import type { Topics } from '../sns/topics.ts';
import type { Alarms, NewAlarm } from './alarm/alarms.ts';
import { newAlarmOf, ofItsKind } from './alarm/new-alarm.ts';
import type { OnlyOnAws } from '../cloudformation/only-on-aws.ts';
import type { OpaqueResources } from '../cloudformation/opaque-resources.ts';
import { DeploymentRefused } from '../cloudformation/refusal.ts';

export interface CreateAlarmPorts {
  readonly alarms: Alarms;
  readonly observability: Observability;
  readonly identities: Identities;
  readonly simulation: Simulation;
  readonly topics: Topics;
  readonly opaque: OpaqueResources;
  readonly onlyOnAws: OnlyOnAws;
}

/** An alarm as a resource describes it, and why the sandbox does not have some of its topics. */
export interface Described {
  readonly alarm: NewAlarm;
  readonly unreached: readonly string[];
}

/**
 * An alarm whose topics exist and whose metrics can be seen; CloudWatch refuses one on an account that is not linked.
 * An account in which nothing was deployed here is frozen, and has its link from before.
 */
export function metricAlarmOf(ports: CreateAlarmPorts, resource: Resource, stack: Stack): Described {
  const { account, region } = stack;
  const criteria = metricCriteria(ofItsKind(resource.properties));
  if (!criteria.ok) throw new DeploymentRefused('ValidationError', criteria.problems.join('\n'));
  for (const { account: watched = account } of criteria.value.queries) {
    if (ports.observability.seesMetrics(account, watched, region) || !ports.identities.knows(watched)) continue;
    if (ports.onlyOnAws.isOutside('AWS::Oam::Link', watched)) {
      const why = `the link that shares metrics of account ${watched} with account ${account} exists outside this assembly`;
      throw new DeploymentRefused('NotSupported', why);
    }
    const message = `metrics of account ${watched} are not shared with account ${account}`;
    throw new DeploymentRefused('ValidationError', message);
  }
  if (asksQuery(criteria.value)) refuseAboveMost(ports.alarms, resource.name, stack);
  return described(ports, resource, stack, { kind: 'metric', ...criteria.value });
}

/** Alarms on queries of Metrics Insights in an account and region ("Limits"; AWS's own words are not documented). */
const mostQueryAlarms = 200;

const asksQuery = ({ queries }: Pick<MetricCriteria, 'queries'>): boolean =>
  queries.some(({ of }) => of.kind === 'insights');

function refuseAboveMost(alarms: Alarms, name: string, place: Environment): void {
  const others = alarms
    .of(place)
    .filter((alarm) => alarm.name !== name && alarm.watched.kind === 'metric' && asksQuery(alarm.watched));
  if (others.length < mostQueryAlarms) return;
  const message = `account ${place.account} has ${others.length} alarms on queries of Metrics Insights in ${place.region}, and ${mostQueryAlarms} are the most; watch more with one query, or delete one`;
  throw new DeploymentRefused('LimitExceeded', message);
}

/** A composite alarm, if the alarms that it names are there: CloudWatch knows none of other accounts and regions. */
export function compositeAlarmOf(ports: CreateAlarmPorts, resource: Resource, place: Stack): Described {
  const { AlarmRule: text = '', ...others } = ofItsKind(resource.properties);
  const property = Object.keys(others).find((name) => name !== 'Tags');
  if (property !== undefined) {
    throw new DeploymentRefused('NotSupported', `the sandbox does not know ${property} of a composite alarm`);
  }
  const rule = ruleIn(textOf(text));
  for (const named of alarmsIn(rule)) {
    if (ports.alarms.get(place, named)) continue;
    const message = `there is no alarm ${named} in account ${place.account} and region ${place.region}`;
    const arn = named.startsWith('arn:') ? named : alarmArn(place, named);
    throw ports.onlyOnAws.refusal('alarm', arn, new DeploymentRefused('ValidationError', message));
  }
  return described(ports, resource, place, { kind: 'composite', rule });
}

const alarmArn = ({ account, region }: Environment, name: string): string =>
  `arn:${partitionOf(region)}:cloudwatch:${region}:${account}:alarm:${name}`;

function described(ports: CreateAlarmPorts, resource: Resource, stack: Stack, watched: Watched): Described {
  const { name, arn = '', properties } = resource;
  const { account, region } = stack;
  const alarm = newAlarmOf({ name, arn, account, region, properties, createdAt: ports.simulation.now() }, watched);
  const unreached = Object.values(alarm.actions).flatMap((topicArns) => topicsOnlyOnAws(ports, topicArns));
  return { alarm, unreached: [...new Set(unreached)] };
}

/**
 * Why the sandbox does not have topics that AWS has, as clauses: it notifies nobody there.
 * @throws DeploymentRefused for a topic that does not exist
 */
function topicsOnlyOnAws({ topics, onlyOnAws }: CreateAlarmPorts, actions: readonly string[]): readonly string[] {
  return actions.flatMap((action) => {
    if (topics.has(action)) return [];
    if (action.split(':')[2] !== 'sns') {
      throw new DeploymentRefused('NotSupported', `the sandbox lets alarms notify topics only, not ${action}`);
    }
    const why = onlyOnAws.why('topic', action);
    if (why !== undefined) return [why];
    throw new DeploymentRefused('ValidationError', `there is no topic ${action} in ${accountOf(action)}`);
  });
}

function ruleIn(text: string): CompositeRule {
  try {
    return parseRule(text);
  } catch (error) {
    throw error instanceof RuleError ? new DeploymentRefused('ValidationError', error.message) : error;
  }
}
