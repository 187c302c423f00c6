import type { Resource } from '@crosswind/assembly/resolve';
import { isArray, isObject, type Json, type JsonObject, unresolved } from '@crosswind/aws/json';
import { pointerTo } from '@crosswind/aws/resource-types';
import { DeploymentRefused } from '../refusal.ts';

/** A reference to a value in another service (User Guide: "Get values stored in other services using dynamic references"). */
export interface DynamicReference {
  /** The reference itself: `{{resolve:ssm:/winds/unit:2}}`. */
  readonly text: string;
  readonly service: 'ssm' | 'ssm-secure' | 'secretsmanager';
  readonly name: string;
  /** @default - the newest */
  readonly version?: number;
}

const form = /\{\{resolve:(ssm|ssm-secure|secretsmanager):([^{}]*)\}\}/g;

/** Properties whose value may be a SecureString ("Resources that support dynamic parameter patterns for secure strings"). */
const secure: Readonly<Record<string, string>> = {
  'AWS::DirectoryService::MicrosoftAD': 'Password',
  'AWS::DirectoryService::SimpleAD': 'Password',
  'AWS::ElastiCache::ReplicationGroup': 'AuthToken',
  'AWS::IAM::User': 'LoginProfile/Password',
  'AWS::KinesisFirehose::DeliveryStream': 'RedshiftDestinationConfiguration/Password',
  'AWS::OpsWorks::App': 'AppSource/Password',
  'AWS::OpsWorks::Stack': 'CustomCookbooksSource/Password',
  'AWS::RDS::DBCluster': 'MasterUserPassword',
  'AWS::RDS::DBInstance': 'MasterUserPassword',
  'AWS::Redshift::Cluster': 'MasterUserPassword',
};

/**
 * Checks the form of the references in resources.
 * @throws DeploymentRefused for one that CloudFormation does not take there, before anything begins
 */
export function checkReferences(resources: readonly Resource[]): void {
  for (const { type, properties } of resources) {
    for (const [pointer, text] of textsIn(properties, '')) {
      for (const [reference, service = '', key = ''] of text.matchAll(form)) {
        if (service !== 'secretsmanager' && !/^[a-zA-Z0-9_.\-/]+(:\d+)?$/.test(key))
          throw invalid(`Incorrect format is used in the following SSM reference: [${reference}]`);
        if (service === 'ssm-secure' && secure[type] !== pointer.slice(1))
          throw invalid(`SSM Secure reference is not supported in: [${type}/Properties${pointer}]`);
      }
    }
  }
}

/** Texts in a value with their place as a JSON pointer. */
function textsIn(value: Json, pointer: string): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[pointer, value]];
  if (isArray(value)) return value.flatMap((item, index) => textsIn(item, pointerTo(pointer, index)));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => textsIn(item, pointerTo(pointer, key)));
}

/** Properties with the values of their references. */
export const withReferences = (properties: JsonObject, valueOf: (reference: DynamicReference) => string): JsonObject =>
  replaced(properties, valueOf) as JsonObject;

function replaced(value: Json, valueOf: (reference: DynamicReference) => string): Json {
  if (typeof value === 'string') {
    return value.replace(form, (text, service: DynamicReference['service'], key: string) => {
      const [name = '', version] = service === 'secretsmanager' ? [key] : key.split(':');
      return valueOf({ text, service, name, ...(version !== undefined && { version: Number(version) }) });
    });
  }
  if (isArray(value)) return value.map((item) => replaced(item, valueOf));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaced(item, valueOf)]));
}

/** Properties in which every reference is unresolved. */
export const withoutReferences = (properties: JsonObject): JsonObject => withReferences(properties, () => unresolved);

const invalid = (message: string): DeploymentRefused => new DeploymentRefused('ValidationError', message);
