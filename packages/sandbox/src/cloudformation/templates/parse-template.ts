import { checkFunctions } from './functions.ts';
import { unresolvedReferences } from './references.ts';
import { isObject, type Json, type JsonObject, objectOf, parsedJson } from '@crosswind/aws/json';
import { messageOf } from '@crosswind/aws/problem';
import type { Template } from '@crosswind/assembly/template';
import { LineCounter, parseDocument, type ScalarTag } from 'yaml';
import { DeploymentRefused } from '../refusal.ts';

/** Sections of a template ("Template sections" of the template reference). */
const sections: ReadonlySet<string> = new Set([
  'AWSTemplateFormatVersion',
  'Conditions',
  'Description',
  'Hooks',
  'Mappings',
  'Metadata',
  'Outputs',
  'Parameters',
  'Resources',
  'Rules',
  'Transform',
]);

/**
 * The template that a text holds, in JSON or YAML.
 * @throws DeploymentRefused in AWS's words for anything else
 */
export function parseTemplate(text: string): Template {
  const value = text.trimStart().startsWith('{') ? fromJson(text) : fromYaml(text);
  if (!isObject(value)) throw malformed('unsupported structure.');
  const unknown = Object.keys(value).filter((key) => !sections.has(key));
  if (unknown.length > 0) throw invalid(`Invalid template property or properties [${unknown.join(', ')}]`);
  if (value['Transform'] !== undefined) {
    throw new DeploymentRefused(
      'NotSupported',
      `the sandbox runs no transforms, got ${JSON.stringify(value['Transform'])}`,
    );
  }
  const resources = Object.entries(objectOf(value['Resources']));
  if (resources.length === 0) throw malformed('At least one Resources member must be defined.');
  for (const [id, resource] of resources) checkResource(id, resource);
  checkFunctions(value);
  const missing = unresolvedReferences(value);
  if (missing.length > 0) {
    throw malformed(`Unresolved resource dependencies [${missing.join(', ')}] in the Resources block of the template`);
  }
  return value as unknown as Template;
}

function checkResource(id: string, resource: Json): void {
  if (!/^[A-Za-z0-9]+$/.test(id)) throw malformed(`Resource name ${id} is non alphanumeric.`);
  if (!isObject(resource)) throw malformed('Each Resources object must be a Json Object');
  const { Type: type, DeletionPolicy: deletion, UpdateReplacePolicy: replacement } = resource;
  if (typeof type !== 'string')
    throw malformed(`[/Resources/${id}] Every Resources object must contain a Type member.`);
  for (const policy of [deletion, replacement]) {
    if (policy === 'Snapshot') {
      throw new DeploymentRefused('NotSupported', `${id}: the sandbox takes no snapshots, got a policy Snapshot`);
    }
  }
}

function fromJson(text: string): Json {
  try {
    return parsedJson(text);
  } catch (error) {
    const position = /line (\d+) column (\d+)/.exec(messageOf(error));
    const place = position ? ` (line ${position[1] ?? ''}, column ${position[2] ?? ''})` : '';
    throw malformed(`JSON not well-formed.${place}`);
  }
}

function fromYaml(text: string): Json {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { customTags: shortForms, lineCounter, version: '1.1', merge: false });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    throw malformed(`YAML not well-formed. (line ${line}, column ${col})`);
  }
  return document.toJS({ maxAliasCount: 100 }) as Json;
}

/** Functions whose short form is not `Fn::` and their name. */
const bare: ReadonlySet<string> = new Set(['Ref', 'Condition']);

const functions = [
  'And',
  'Base64',
  'Cidr',
  'Condition',
  'Equals',
  'FindInMap',
  'GetAtt',
  'GetAZs',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'Ref',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
];

/** The short forms of functions in YAML, such as `!Ref Winds` ("Intrinsic function reference"). */
const shortForms = functions.flatMap((name) => {
  const key = bare.has(name) ? name : `Fn::${name}`;
  const long = (value: Json): JsonObject => ({
    [key]: name === 'GetAtt' && typeof value === 'string' ? attributePath(value) : value,
  });
  const scalar: ScalarTag = { tag: `!${name}`, resolve: (text) => long(text) };
  const collection = (kind: 'map' | 'seq') => ({
    tag: `!${name}`,
    collection: kind,
    resolve: (node: { toJSON: () => unknown }) => long(node.toJSON() as Json),
  });
  return [scalar, collection('seq'), collection('map')];
});

const attributePath = (text: string): readonly string[] => {
  const [id = '', ...attribute] = text.split('.');
  return [id, attribute.join('.')];
};

const malformed = (what: string): DeploymentRefused => invalid(`Template format error: ${what}`);

const invalid = (message: string): DeploymentRefused => new DeploymentRefused('ValidationError', message);
