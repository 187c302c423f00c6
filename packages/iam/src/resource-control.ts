import { resourceOf } from './arn-pattern.ts';
import { rcpFullAccess, type PolicySource } from './policy-document.ts';
import { isServiceLinked } from './principal.ts';
import { serviceOf, type AccessRequest } from './request.ts';
import { statementsOf } from './statement.ts';

/** The levels of an organization above an account, from the root on, each with its policies. */
export type Levels = readonly (readonly PolicySource[])[];

/**
 * Service prefixes of the actions that resource control policies apply to (AWS Organizations User Guide: "List of AWS
 * services that support RCPs", as of 2026-09-26).
 */
const SERVICES = new Set(
  (
    'aoss appconfig appstream autoscaling autoscaling-plans budgets clouddirectory cloudfront cloudsearch cloudtrail-data ' +
    'codeartifact codebuild codecommit codepipeline cognito-identity cognito-idp comprehend comprehendmedical ' +
    'compute-optimizer cost-optimization-hub dax dsql dynamodb ecr ecr-public events firehose fis fms gamelift health ' +
    'inspector-scan kendra kinesisvideo kms logs memorydb networkmonitor notifications opensearch pca-connector-ad ' +
    'personalize polly pricing resource-groups rolesanywhere s3 secretsmanager servicediscovery signin sqs sts support swf ' +
    'textract timestream-influxdb transcribe transfer translate wafv2 workspaces xray'
  ).split(' '),
);

/** An action of these services that resource control policies do not apply to, in lower case. */
export const UNCONTROLLED = 'kms:retiregrant';

/**
 * True if the resource control policies above the account of the resource apply to a request (AWS Organizations User
 * Guide: "Resources and entities not restricted by RCPs").
 */
export function isResourceControlled(request: AccessRequest): boolean {
  const { principal, action, resource, resourceAccount, managementAccount } = request;
  if (!SERVICES.has(serviceOf(request)) || action.toLowerCase() === UNCONTROLLED) return false;
  if (isServiceLinked(principal) || (managementAccount !== undefined && resourceAccount === managementAccount))
    return false;
  const isServiceLinkedTrust =
    principal.kind === 'service' && /^arn:[^:]*:iam::\d{12}:role\/aws-service-role\//.test(resource);
  return !isServiceLinkedTrust && !isAwsManagedKey(request);
}

/** True if the request names its key by an alias that AWS reserves. The ARN of a key does not say who manages it. */
export function isAwsManagedKey(request: AccessRequest): boolean {
  if (serviceOf(request) !== 'kms') return false;
  const aliases = Object.entries(request.context)
    .filter(([key]) => ALIAS_KEYS.has(key.toLowerCase()))
    .flatMap(([, value]) => value);
  return (
    resourceOf(request.resource).startsWith('alias/aws/') || aliases.some((alias) => alias.startsWith('alias/aws/'))
  );
}

const ALIAS_KEYS = new Set(['kms:requestalias', 'kms:resourcealiases']);

const completed = new WeakMap<Levels, Levels>();

/**
 * The levels with `RCPFullAWSAccess` where only denials are given, as nothing detaches it; none if there is nothing else.
 */
export function completeLevels(levels: Levels): Levels {
  let complete = completed.get(levels);
  if (complete === undefined) {
    const isOpen = levels.flat().every((policy) => policy === rcpFullAccess);
    complete = isOpen ? [] : levels.map((level) => (level.some(allowsSomething) ? level : [rcpFullAccess, ...level]));
    completed.set(levels, complete);
  }
  return complete;
}

const allowsSomething = (source: PolicySource): boolean =>
  statementsOf(source, 'rcp').some(({ effect }) => effect === 'Allow');
