import { type Json, isArray, isObject, isUnresolved } from '@crosswind/aws/json';
import { duplicateKey } from '@crosswind/aws/problem';
import type { Located } from '../rules/rule.ts';
import { type Statement, manyOf, statementsOf } from './statement.ts';

/**
 * Use of a policy document: `identity` says what a principal may do, `trust` who may become a role, `resource` who may use
 * a resource.
 */
export type PolicyUse = 'identity' | 'trust' | 'resource';

/** A policy document of a template. */
export interface TemplatePolicy {
  readonly at: Located;
  /** Its place, for example `Properties.Policies.0.PolicyDocument`. */
  readonly property: string;
  readonly use: PolicyUse;
  readonly statements: readonly Statement[];
}

/** Types whose documents grant permissions to principals ("IAM resource type reference", CloudFormation). */
const identityTypes =
  /^AWS::(IAM::(Role|User|Group|ManagedPolicy|Policy|(Role|User|Group)Policy)|SSO::PermissionSet|IoT::Policy)$/;

/** Types whose documents limit permissions and grant none. */
const limitingTypes = /^AWS::Organizations::Policy$/;

/** Properties that hold a document, or a list of them, in whatever type. */
const documentProperties =
  /^((AssumeRole|Permissions|Resource)?Policy(Document|Text)|(Key|Resource|Topic|Inline|Access|FileSystem)?Policy|AccessPolicies|RepositoryPolicyText)$/;

/** Every policy document in a resource, whatever its type: documents that are text or not known as well. */
export const policiesIn = (at: Located): readonly TemplatePolicy[] =>
  limitingTypes.test(at.resource.type) ? [] : found(at, at.resource.properties, 'Properties');

function found(at: Located, value: Json, property: string): readonly TemplatePolicy[] {
  const document = documentOf(value, property, at.resource.type);
  if (document !== undefined) return [policyOf(at, property, document)];
  if (isArray(value)) return value.flatMap((item, index) => found(at, item, `${property}.${index}`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => found(at, item, `${property}.${key}`));
}

function documentOf(value: Json, property: string, type: string): Json | undefined {
  if (isObject(value)) return manyOf(value['Statement']).some(isStatement) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const name = property.split('.').at(-1) ?? '';
  const isPolicies = name === 'Policies' && identityTypes.test(type);
  if (isUnresolved(value) && !value.startsWith('{') && (documentProperties.test(name) || isPolicies)) return value;
  return value.trimStart().startsWith('{') ? parsed(value) : undefined;
}

/** True for a statement, also one that only the deployment knows. */
const isStatement = (value: Json): boolean =>
  isObject(value) ? Object.keys(value).some((key) => /^(effect|action|notaction)$/i.test(key)) : value !== null;

/** The document that a text holds, or the text, if it cannot be read or says something twice. */
function parsed(text: string): Json | undefined {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return isUnresolved(text) ? text : undefined;
  }
  const isDocument = isObject(value) && Object.keys(value).some((key) => key.toLowerCase() === 'statement');
  // Services may read the first of two keys, or refuse the text.
  if (isDocument && duplicateKey(text) !== undefined) return text;
  return isObject(value) && manyOf(value['Statement']).some(isStatement) ? value : undefined;
}

function policyOf(at: Located, property: string, document: Json): TemplatePolicy {
  const statements = statementsOf(document);
  return { at, property, use: useOf(property, at.resource.type), statements };
}

function useOf(property: string, type: string): PolicyUse {
  if (property.endsWith('AssumeRolePolicyDocument')) return 'trust';
  return identityTypes.test(type) ? 'identity' : 'resource';
}
