import type { JsonObject } from '@crosswind/aws/json';
import { entranceIsNotPublic } from '../../../policies/rules/entrance-is-not-public.ts';
import { resource, testRule } from './test-rule.ts';

const thing = (type: string) => (properties: JsonObject) => resource(type, 'Thing', properties);
const url = thing('AWS::Lambda::Url');
const permission = thing('AWS::Lambda::Permission');
const layer = thing('AWS::Lambda::LayerVersionPermission');
const bus = thing('AWS::Events::EventBusPolicy');
const bucket = thing('AWS::S3::Bucket');
const method = thing('AWS::ApiGateway::Method');
const route = thing('AWS::ApiGatewayV2::Route');
const at = (property: string) => ({ at: 'Thing', property: `Properties.${property}` });
const organization = { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: 'o-exampleorg1' };

testRule(entranceIsNotPublic, {
  valid: {
    'a URL with signatures': url({ AuthType: 'AWS_IAM' }),
    'a permission for a service': permission({ Principal: 's3.amazonaws.com', SourceAccount: '111111111111' }),
    'a permission for the organization': permission({ Principal: '*', PrincipalOrgID: 'o-exampleorg1' }),
    'a permission for what one topic sends': permission({
      Principal: '*',
      SourceArn: 'arn:aws:sns:eu-west-1:111111111111:letters',
    }),
    'a permission for a URL with signatures': permission({ Principal: '222222222222', FunctionUrlAuthType: 'AWS_IAM' }),
    'a layer for the organization': layer({ Principal: '*', OrganizationId: 'o-exampleorg1' }),
    'a layer for an account': layer({ Principal: '222222222222' }),
    'a bus for the organization': bus({ Principal: '*', Condition: organization }),
    'a method with signatures': method({ HttpMethod: 'GET', AuthorizationType: 'AWS_IAM' }),
    'a method that answers before a browser asks': method({ HttpMethod: 'OPTIONS', AuthorizationType: 'NONE' }),
    'a method for a plan of usage': method({ HttpMethod: 'GET', AuthorizationType: 'NONE', ApiKeyRequired: true }),
    'a route with tokens': route({ RouteKey: 'GET /letters', AuthorizationType: 'JWT' }),
    'a private bucket': bucket({ AccessControl: 'LogDeliveryWrite' }),
  },
  invalid: {
    'a URL for everybody': { ...at('AuthType'), given: url({ AuthType: 'NONE' }), message: 'its AuthType is NONE' },
    'a URL whose type only the deployment knows': {
      ...at('AuthType'),
      given: url({ AuthType: { 'Fn::ImportValue': 'type' } }),
      message: 'its AuthType is <unresolved>',
    },
    'a permission for everybody': {
      ...at('Principal'),
      given: permission({ Principal: '*' }),
      message: 'everybody (*) invoke',
    },
    'a permission for a service of any account': {
      ...at('Principal'),
      given: permission({ Principal: 's3.amazonaws.com' }),
      message: 'it lets s3.amazonaws.com invoke the function for any account',
    },
    'a method for everybody': {
      ...at('AuthorizationType'),
      given: method({ HttpMethod: 'GET', AuthorizationType: 'NONE' }),
      message: 'its AuthorizationType is NONE',
    },
    'a route for everybody': {
      ...at('AuthorizationType'),
      given: route({ RouteKey: 'GET /letters' }),
      message: 'its AuthorizationType is not set',
    },
    'a permission for any organization': {
      ...at('Principal'),
      given: permission({ Principal: '*', PrincipalOrgID: 'o-*' }),
      message: 'everybody (*)',
    },
    'a permission for any source': {
      ...at('Principal'),
      given: permission({ Principal: '*', SourceArn: 'arn:aws:sns:*:*:*' }),
      message: 'everybody (*)',
    },
    'a permission for a URL without signatures': {
      ...at('FunctionUrlAuthType'),
      given: permission({ Principal: '*', FunctionUrlAuthType: 'NONE' }),
      message: 'everybody call the function URL',
    },
    'a layer for everybody': { ...at('Principal'), given: layer({ Principal: '*' }), message: 'use the layer' },
    'a bus for everybody': { ...at('Principal'), given: bus({ Principal: '*' }), message: 'put events' },
    'a bus for any organization': {
      ...at('Principal'),
      given: bus({ Principal: '*', Condition: { ...organization, Value: 'o-*' } }),
      message: 'put events',
    },
    'a public bucket': {
      ...at('AccessControl'),
      given: bucket({ AccessControl: 'PublicRead' }),
      message: 'PublicRead',
    },
  },
});
