import { isUnresolved } from '@crosswind/aws/json';
import { arnSegments } from './arn-pattern.ts';

/** Types of IAM's resources (IAM: `MalformedPolicyDocument`, "IAM resource path must either be "*", root, or start with …"). */
const IAM_TYPES = [
  'user',
  'federated-user',
  'role',
  'group',
  'instance-profile',
  'mfa',
  'server-certificate',
  'policy',
  'sms-mfa',
  'saml-provider',
  'oidc-provider',
  'report',
  'access-report',
];

/** Types of S3's resources that belong to a region (Service Authorization Reference: "Resource types defined by Amazon S3"). */
const REGIONAL_S3_TYPES = [
  'accesspoint',
  'access-grants',
  'async-request',
  'job',
  'storage-lens',
  'storage-lens-group',
];

/** Why IAM refuses an ARN as resource of a policy, in the words of its `MalformedPolicyDocument`; undefined if it does not. */
export function refusedResource(resource: string): string | undefined {
  if (!resource.startsWith('arn:') || isUnresolved(resource)) return undefined;
  const [, partition = '', service = '', region, , path = ''] = arnSegments(resource);
  if (partition !== '*' && !/^aws(-[a-z]+)*$/.test(partition))
    return `partition ${JSON.stringify(partition)} of ${resource} is not valid; expected "aws", "aws-cn", "aws-us-gov" or "*"`;
  if (service === '' || /[*?]/.test(service))
    return `the service of ${resource} must be fully qualified and cannot contain wildcards; write one resource per service, or "*"`;
  if (service === 'iam') return refusedIam(resource, region, path);
  if (service === 's3' && isBucket(path) && region !== undefined && region !== '')
    return `resource ${resource} cannot contain a region; write arn:${partition}:s3:::…`;
  return undefined;
}

function refusedIam(resource: string, region: string | undefined, path: string): string | undefined {
  if (region !== '') return `IAM resource ${resource} cannot contain a region; leave the part after "iam:" empty`;
  if (path === '*' || path === 'root' || IAM_TYPES.some((type) => path.startsWith(`${type}/`))) return undefined;
  return `the path of IAM resource ${resource} must be "*", "root" or start with ${IAM_TYPES.join('/, ')}/`;
}

/** True if the path names a bucket or object, and so no region. */
function isBucket(path: string): boolean {
  const type = path.split(/[/:]/, 1)[0] ?? '';
  return !/[*?$]/.test(type) && !REGIONAL_S3_TYPES.includes(type);
}
