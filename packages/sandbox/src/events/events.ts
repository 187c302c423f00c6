import type { SandboxService } from '../service.ts';
import { putEvents, type PutEventsPorts } from './put-events.ts';

/** EventBridge: events that tasks put on the default bus. */
export const eventBridge = (ports: PutEventsPorts): SandboxService => ({
  integrations: [{ resource: 'events:putEvents', arguments: ['Entries'], integration: putEvents(ports) }],
});
