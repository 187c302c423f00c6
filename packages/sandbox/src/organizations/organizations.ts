import type { SandboxService } from '../service.ts';
import { organizationsService, type OrganizationsServicePorts } from './organizations-service.ts';

/** AWS Organizations: the accounts and units of one organization. */
export const organizations = (ports: OrganizationsServicePorts): SandboxService => ({
  endpoint: organizationsService(ports),
});
