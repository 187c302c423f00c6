import { isArray, isObject, type Json, type JsonObject, listOf } from '@crosswind/aws/json';
import { DeploymentRefused } from '../refusal.ts';

/** Functions of a template without transforms, in the order in which AWS's message lists them. */
const known: readonly string[] = [
  'Fn::Base64',
  'Fn::GetAtt',
  'Fn::GetAZs',
  'Fn::ImportValue',
  'Fn::Join',
  'Fn::Split',
  'Fn::FindInMap',
  'Fn::Select',
  'Ref',
  'Fn::Equals',
  'Fn::If',
  'Fn::Not',
  'Condition',
  'Fn::And',
  'Fn::Or',
  'Fn::Contains',
  'Fn::EachMemberEquals',
  'Fn::EachMemberIn',
  'Fn::ValueOf',
  'Fn::ValueOfAll',
  'Fn::RefAll',
  'Fn::Sub',
  'Fn::Cidr',
];

/**
 * Checks the functions of a template. Those of the transform AWS::LanguageExtensions are none without it.
 * @throws DeploymentRefused for a function that CloudFormation or the sandbox does not have
 */
export function checkFunctions(template: JsonObject): void {
  for (const section of ['Resources', 'Conditions', 'Outputs'] as const) checkIn(template[section] ?? null);
}

function checkIn(value: Json): void {
  if (isArray(value)) for (const item of value) checkIn(item);
  if (!isObject(value)) return;
  const [name = '', ...others] = Object.keys(value);
  if (others.length === 0 && name.startsWith('Fn::')) checkFunction(name, value[name] ?? null);
  for (const item of Object.values(value)) checkIn(item);
}

function checkFunction(name: string, argument: Json): void {
  if (name === 'Fn::Transform')
    throw new DeploymentRefused('NotSupported', `the sandbox runs no transforms, got ${JSON.stringify(argument)}`);
  if (!known.includes(name))
    throw invalid(`Encountered unsupported function: ${name} Supported functions are: [${known.join(', ')}]`);
  if (name === 'Fn::FindInMap' && listOf(argument).length !== 3)
    throw invalid(
      'every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value',
    );
}

const invalid = (message: string): DeploymentRefused =>
  new DeploymentRefused('ValidationError', `Template error: ${message}`);
