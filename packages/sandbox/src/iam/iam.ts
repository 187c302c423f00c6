import type { SandboxService } from '../service.ts';
import type { AttachmentPorts } from './attachments.ts';
import { iamService } from './iam-service.ts';
import { inlinePolicies } from './inline-policies.ts';
import type { IamApi } from './role-named.ts';
import { managedPolicies } from './managed-policies.ts';
import { roles } from './roles.ts';

/** IAM: roles and the policies that are attached to them. */
export const iam = (ports: AttachmentPorts & IamApi): SandboxService => ({
  endpoint: iamService(ports),
  resources: {
    'AWS::IAM::Role': roles(ports),
    'AWS::IAM::Policy': inlinePolicies(ports),
    'AWS::IAM::ManagedPolicy': managedPolicies(ports),
  },
});
