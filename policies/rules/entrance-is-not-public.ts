import { isObject, type Json, objectOf, textOf } from '@crosswind/aws/json';
import { isBound } from '../access/bounds.ts';
import { isEverybody } from '../access/everybody.ts';
import { textsOf } from '../access/statement.ts';
import { type Located, type Rule, findingAt, resources } from './rule.ts';

export const entranceIsNotPublic: Rule = {
  id: 'PUBLIC-2',
  severity: 'error',
  requires: 'A function URL, an API, a permission of a function, layer or event bus, and a bucket ACL ask who comes.',
  because: 'These open a resource to everybody without a policy document that anybody would read.',
  fix: 'Use AuthType AWS_IAM or an authorizer; name a principal, with SourceAccount or PrincipalOrgID for a service or an organization.',
  check: ({ possible, organization }) =>
    resources(possible).flatMap((at) =>
      (openings[at.resource.type]?.(at.resource.properties, organization) ?? []).map(({ property, message }) =>
        findingAt(at, { property: `Properties.${property}`, message }),
      ),
    ),
};

interface Opening {
  readonly property: string;
  readonly message: string;
}

type Openings = (properties: Located['resource']['properties'], organization: string | undefined) => readonly Opening[];

/** Properties as the condition of a statement that isBound reads. */
const bounded = (condition: Readonly<Record<string, string>>, organization: string | undefined): boolean =>
  isBound({ Condition: { StringEquals: condition } }, 'caller or origin', organization);

/** Properties that may be open, by type (CloudFormation reference, "AWS Lambda", "EventBridge", "Amazon S3"). */
const openings: Readonly<Record<string, Openings>> = {
  'AWS::Lambda::Url': ({ AuthType: type }) =>
    type === 'AWS_IAM' ? [] : [{ property: 'AuthType', message: `its AuthType is ${textOf(type) || 'not set'}` }],
  'AWS::Lambda::Permission': (properties, organization) => {
    const given = {
      'aws:PrincipalOrgID': textOf(properties['PrincipalOrgID']),
      'aws:SourceAccount': textOf(properties['SourceAccount']),
      'aws:SourceArn': textOf(properties['SourceArn']),
    };
    if (properties['FunctionUrlAuthType'] === 'NONE') {
      return [{ property: 'FunctionUrlAuthType', message: 'it lets everybody call the function URL (NONE)' }];
    }
    const isOpen = Object.entries(given).every(([key, value]) => !bounded({ [key]: value }, organization));
    if (!isOpen) return [];
    const service = textsOf(properties['Principal']).filter((name) =>
      /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(name),
    );
    return [
      ...admitted('Principal', properties['Principal'], 'invoke the function'),
      ...service.map((name) => ({
        property: 'Principal',
        message: `it lets ${name} invoke the function for any account`,
      })),
    ];
  },
  'AWS::ApiGateway::Method': ({ AuthorizationType: type, HttpMethod: method, ApiKeyRequired: key }) =>
    method === 'OPTIONS' || key === true || isAuthorized(type)
      ? []
      : [{ property: 'AuthorizationType', message: `its AuthorizationType is ${textOf(type) || 'not set'}` }],
  'AWS::ApiGatewayV2::Route': ({ AuthorizationType: type, RouteKey: route }) =>
    textOf(route).startsWith('OPTIONS ') || isAuthorized(type)
      ? []
      : [{ property: 'AuthorizationType', message: `its AuthorizationType is ${textOf(type) || 'not set'}` }],
  'AWS::Lambda::LayerVersionPermission': ({ Principal, OrganizationId: id }, organization) =>
    bounded({ 'aws:PrincipalOrgID': textOf(id) }, organization)
      ? []
      : admitted('Principal', Principal, 'use the layer'),
  'AWS::Events::EventBusPolicy': ({ Principal, Condition }, organization) => {
    const { Key: key, Value: value } = objectOf(Condition);
    const isClosed = Principal === undefined || bounded({ [textOf(key)]: textOf(value) }, organization);
    return isClosed ? [] : admitted('Principal', Principal, 'put events on the bus');
  },
  'AWS::S3::Bucket': ({ AccessControl: acl }) =>
    textsOf(acl).some((name) => /^(Public|AuthenticatedRead)/.test(name))
      ? [{ property: 'AccessControl', message: `its ACL is ${textOf(acl)}` }]
      : [],
};

/** Types of authorization that ask who comes (API Gateway: "AuthorizationType"). */
const isAuthorized = (type: Json | undefined): boolean =>
  /^(AWS_IAM|CUSTOM|COGNITO_USER_POOLS|JWT)$/.test(textOf(type));

const admitted = (property: string, principal: Parameters<typeof textsOf>[0], what: string): readonly Opening[] =>
  textsOf(isObject(principal) ? Object.values(principal).flat() : principal)
    .filter(isEverybody)
    .map((name) => ({ property, message: `it lets everybody (${name}) ${what}` }));
