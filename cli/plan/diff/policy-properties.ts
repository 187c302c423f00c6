/** Properties that are policies. */
const policyProperties = [
  'AssumeRolePolicyDocument',
  'KeyPolicy',
  'ManagedPolicyArns',
  'PermissionsBoundary',
  'Policies',
  'Policy',
  'PolicyDocument',
  'RepositoryPolicyText',
  'ResourcePolicy',
];

const policyTypes =
  /^AWS::(IAM::(Policy|RolePolicy|UserPolicy|GroupPolicy|ManagedPolicy)|Lambda::(Layer)?(Version)?Permission|Events::EventBusPolicy|.*::\w*(Bucket|Queue|QueueInline|Topic|TopicInline|Resource)Policy)$/;

/** True for a type that is nothing but a policy. */
export const isPolicyType = (type: string): boolean => policyTypes.test(type);

/** True for the path of a property in a policy. */
export const isOfPolicy = (path: string): boolean =>
  policyProperties.some((name) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`));
