import type { Environment } from '@crosswind/assembly/read-assembly';
import { type Json, type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { uuid } from '@crosswind/workflow/chance';
import type { Simulation } from '@crosswind/workflow/clock/simulation';
import { assumed } from '../iam/assumed.ts';
import type { Sessions } from '../iam/sessions.ts';
import { isRefusal } from '../codepipeline/refusals.ts';
import { publish, type PublishPorts } from '../sns/publish.ts';

/** An event of a service, without what every event has. */
export interface ServiceEvent extends Environment {
  readonly source: string;
  readonly detailType: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
  /**
   * Milliseconds since the epoch, in virtual time.
   *
   * @default - now
   */
  readonly at?: number;
}

/** A rule as it is deployed. */
export interface EventRule extends Environment {
  readonly arn: string;
  /** `AWS::Events::Rule`. */
  readonly properties: JsonObject;
}

export interface EventRulesPorts extends PublishPorts {
  readonly sessions: Sessions;
  readonly simulation: Simulation;
}

/** EventBridge rules of every account, which deliver events of services to topics. */
export class EventRules {
  readonly #ports: EventRulesPorts;
  readonly #rules = new Map<string, EventRule>();
  #sent = 0;

  constructor(ports: EventRulesPorts) {
    this.#ports = ports;
  }

  put(rule: EventRule): void {
    this.#rules.set(rule.arn, rule);
  }

  remove(arn: string): void {
    this.#rules.delete(arn);
  }

  propertiesOf(arn: string): JsonObject | undefined {
    return this.#rules.get(arn)?.properties;
  }

  /** Sends an event to the targets of the rules that match it. A target that refuses gets nothing, as on AWS. */
  send({
    source,
    detailType,
    account,
    region,
    resources,
    detail,
    at = this.#ports.simulation.now(),
  }: ServiceEvent): void {
    const id = uuid(`event/${this.#sent++}`);
    const time = new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
    const event = { version: '0', id, 'detail-type': detailType, source, account, time, region, resources, detail };
    for (const rule of this.#rules.values()) {
      const isHere = rule.account === account && rule.region === region;
      if (!isHere || rule.properties['State'] === 'DISABLED') continue;
      if (!matches(rule.properties['EventPattern'] ?? null, event)) continue;
      for (const target of listOf(rule.properties['Targets']).map(objectOf)) this.#deliver(target, event, at);
    }
  }

  #deliver({ Arn: arn, RoleArn: roleArn }: JsonObject, event: Json, at: number): void {
    const service = { kind: 'service', service: 'events.amazonaws.com' } as const;
    try {
      const role = assumed(this.#ports.sessions, service, textOf(roleArn), 'events');
      publish(this.#ports, role, textOf(arn), { subject: '', message: JSON.stringify(event), at });
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
  }
}

/** True if an event has a value of the pattern in every field that the pattern names (EventBridge: "Event patterns"). */
export function matches(pattern: Json, event: Json | undefined): boolean {
  if (Array.isArray(pattern)) {
    const values = Array.isArray(event) ? event : [event];
    return values.some((value) => pattern.some((each) => each === value));
  }
  const fields = objectOf(event ?? null);
  return Object.entries(objectOf(pattern)).every(([name, each]) => matches(each, fields[name]));
}
