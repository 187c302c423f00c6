import type { AccessRequest } from './request.ts';

/** What the policy on a resource is called, per service prefix of the action. */
const NAMES: Readonly<Record<string, string>> = {
  sts: 'trust policy',
  kms: 'key policy',
  s3: 'bucket policy',
  lambda: 'function policy',
  sns: 'topic policy',
  sqs: 'queue policy',
  events: 'event bus policy',
  oam: 'sink policy',
};

const serviceOf = (action: string): string => action.slice(0, action.indexOf(':')).toLowerCase();

/** The name of the policy on the resource of a request, or undefined where the service has none (as Step Functions). */
export const resourcePolicyName = ({ action }: AccessRequest): string | undefined => NAMES[serviceOf(action)];

/**
 * Whether the policy on the resource must allow even a caller of the same account: trust policies and key policies
 * (AWS: "Policy evaluation for requests within a single account", "Key policies in AWS KMS").
 */
export const isGatekept = (action: string): boolean => ['sts', 'kms'].includes(serviceOf(action));
