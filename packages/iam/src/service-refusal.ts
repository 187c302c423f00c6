import type { ImplicitDeny } from './decision.ts';
import { isServiceLinked, principalName } from './principal.ts';
import type { Question } from './question.ts';
import { isAwsManagedKey } from './resource-control.ts';

/** Something that belongs to AWS, and the actions on it that its service refuses to every customer. */
interface Protected {
  readonly what: string;
  readonly resource: RegExp;
  /** In lower case, without the service. */
  readonly actions: ReadonlySet<string>;
  readonly source: string;
}

/** Changes of a role that IAM's API Reference lists `UnmodifiableEntity` for. The description alone may be edited. */
const ROLE_CHANGES = [
  'addroletoinstanceprofile',
  'attachrolepolicy',
  'deleterole',
  'deleterolepermissionsboundary',
  'deleterolepolicy',
  'detachrolepolicy',
  'putrolepermissionsboundary',
  'putrolepolicy',
  'removerolefrominstanceprofile',
  'updateassumerolepolicy',
];

const PROTECTED: ReadonlyMap<string, readonly Protected[]> = new Map([
  [
    'iam',
    [
      {
        what: 'an AWS managed policy',
        resource: /^arn:[^:]*:iam::aws:policy\//,
        actions: new Set([
          'createpolicyversion',
          'deletepolicy',
          'deletepolicyversion',
          'setdefaultpolicyversion',
          'tagpolicy',
          'untagpolicy',
        ]),
        source: 'IAM: "AWS managed policies"',
      },
      {
        what: 'a service-linked role',
        resource: /^arn:[^:]*:iam::\d{12}:role\/aws-service-role\//,
        actions: new Set([...ROLE_CHANGES, 'createrole']),
        source: 'IAM: "UnmodifiableEntity"',
      },
      {
        what: 'a role of IAM Identity Center',
        resource: /^arn:[^:]*:iam::\d{12}:role\/aws-reserved\//,
        actions: new Set([
          ...ROLE_CHANGES,
          'createrole',
          'tagrole',
          'untagrole',
          'updaterole',
          'updateroledescription',
        ]),
        source: 'IAM: "UnmodifiableEntity"',
      },
    ],
  ],
  [
    'kms',
    [
      {
        what: 'an alias that AWS reserves',
        resource: /^arn:[^:]*:kms:[^:]*:\d{12}:alias\/aws\//,
        actions: new Set(['createalias', 'deletealias', 'updatealias']),
        source: 'KMS: "CreateAlias"',
      },
    ],
  ],
  [
    'events',
    [
      {
        what: 'the default event bus',
        resource: /^arn:[^:]*:events:[^:]*:\d{12}:event-bus\/default$/,
        actions: new Set(['deleteeventbus']),
        source: 'EventBridge: "DeleteEventBus"',
      },
    ],
  ],
  [
    'ssm',
    [
      {
        what: 'a name that AWS reserves',
        resource: /^arn:[^:]*:ssm:[^:]*:\d{12}:parameter\/(aws|ssm)/i,
        actions: new Set(['putparameter']),
        source: 'Systems Manager: "PutParameter"',
      },
    ],
  ],
  [
    'organizations',
    [
      {
        what: 'an AWS managed policy',
        resource: /^arn:[^:]*:organizations::aws:policy\//,
        actions: new Set(['deletepolicy', 'updatepolicy', 'tagresource', 'untagresource']),
        source: 'Organizations: "UpdatePolicy"',
      },
    ],
  ],
]);

/** Changes of a key that customers cannot make to AWS managed keys. */
const KEY_CHANGES = new Set(
  (
    'cancelkeydeletion deleteimportedkeymaterial disablekey disablekeyrotation enablekey enablekeyrotation ' +
    'importkeymaterial putkeypolicy replicatekey rotatekeyondemand schedulekeydeletion tagresource untagresource ' +
    'updatekeydescription updateprimaryregion'
  ).split(' '),
);

const managedKey: Omit<Protected, 'resource'> = {
  what: 'an AWS managed key',
  actions: KEY_CHANGES,
  source: 'KMS: "AWS managed keys"',
};

/** Decision on a change to something of AWS's own, which its service refuses whatever policies say. */
export function refusedByService({ request, action }: Question): ImplicitDeny | undefined {
  const { principal, resource } = request;
  const [service = '', name = ''] = action.split(':');
  const named = PROTECTED.get(service)?.find((it) => it.actions.has(name) && it.resource.test(resource));
  const known = named ?? (KEY_CHANGES.has(name) && isAwsManagedKey(request) ? managedKey : undefined);
  // AWS's services change what is theirs, by their service principals and service-linked roles.
  if (known === undefined || principal.kind === 'service' || isServiceLinked(principal)) return undefined;
  return {
    allowed: false,
    kind: 'implicit deny',
    reason: `${principalName(principal)} cannot ${request.action} on ${resource}, whatever its policies say: it is ${known.what}, which only AWS changes (${known.source})`,
    missing: [],
    nearMisses: [],
    mends: [],
  };
}
