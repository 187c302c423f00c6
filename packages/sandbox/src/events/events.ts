import type { OpaqueResources } from '../cloudformation/opaque-resources.ts';
import type { SandboxService } from '../service.ts';
import { putEvents, type PutEventsPorts } from './put-events.ts';
import { ruleHandler } from './rule-handler.ts';
import type { EventRules } from './rules.ts';

export interface EventBridgePorts extends PutEventsPorts {
  readonly opaque: OpaqueResources;
  readonly rules: EventRules;
}

/** EventBridge: rules on events of services, and events that tasks put on the default bus, which no rule matches. */
export const eventBridge = (ports: EventBridgePorts): SandboxService => ({
  resources: { 'AWS::Events::Rule': ruleHandler(ports.opaque, ports.rules) },
  integrations: [{ resource: 'events:putEvents', arguments: ['Entries'], integration: putEvents(ports) }],
});
