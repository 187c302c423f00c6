import type { Environment } from '@crosswind/assembly/read-assembly';
import type { Template, TemplateParameter } from '@crosswind/assembly/template';
import { type Json, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import { DeploymentRefused } from '../refusal.ts';

/** ARN of a parameter of Parameter Store. */
export const parameterArn = ({ account, region }: Environment, name: string): string =>
  `arn:${partitionOf(region)}:ssm:${region}:${account}:parameter/${name.replace(/^\//, '')}`;

/** A parameter as a request gives it. */
export interface GivenParameter {
  readonly name: string;
  /** @default - the value that the stack has, if `keeps` is true */
  readonly value?: string;
  /** True if the stack keeps its value. */
  readonly keeps: boolean;
}

export interface ParameterValues {
  /** As given, or by default. */
  readonly values: ReadonlyMap<string, Json>;
  /** Values that come from elsewhere: of SSM parameters, and lists. */
  readonly resolved: ReadonlyMap<string, Json>;
}

/**
 * The values of a template's parameters.
 * @param before values of the stack as it is
 * @param stored the value of an SSM parameter of the account and region
 * @throws DeploymentRefused in AWS's words for values that the template does not allow
 */
export function parameterValues(
  { Parameters: declared = {} }: Template,
  given: readonly GivenParameter[],
  before: ReadonlyMap<string, Json>,
  stored: (name: string) => string | undefined,
): ParameterValues {
  const unknown = given.filter(({ name }) => !(name in declared)).map(({ name }) => name);
  if (unknown.length > 0) throw invalid(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  const values = new Map<string, Json>();
  const resolved = new Map<string, Json>();
  const missing: string[] = [];
  for (const [name, parameter] of Object.entries(declared)) {
    const own = given.find((each) => each.name === name);
    const value = own?.keeps ? before.get(name) : (own?.value ?? parameter.Default);
    if (value === undefined) {
      missing.push(name);
      continue;
    }
    const text = textOf(value);
    check(name, text, parameter);
    values.set(name, text);
    const other = elsewhere(text, parameter, stored);
    if (other !== undefined) resolved.set(name, other);
  }
  if (missing.length > 0) throw invalid(`Parameters: [${missing.join(', ')}] must have values`);
  return { values, resolved };
}

/** The value that a parameter has in the template: its text, unless its type says otherwise. */
function elsewhere(
  text: string,
  { Type }: TemplateParameter,
  stored: (name: string) => string | undefined,
): Json | undefined {
  if (Type.startsWith('AWS::SSM::Parameter::Value<')) {
    const value = stored(text);
    if (value === undefined)
      throw invalid(`Unable to fetch parameters [${text}] from parameter store for this account.`);
    return /<(CommaDelimitedList|List<.+>)>$/.test(Type) ? listIn(value) : value;
  }
  return /^(CommaDelimitedList|List<.+>)$/.test(Type) ? listIn(text) : undefined;
}

const listIn = (text: string): readonly string[] => text.split(',').map((item) => item.trim());

function check(name: string, text: string, parameter: TemplateParameter): void {
  const { Type, AllowedValues, AllowedPattern, ConstraintDescription } = parameter;
  if (AllowedValues && !AllowedValues.some((value) => textOf(value) === text)) {
    throw invalid(constraint(name, ConstraintDescription) ?? `Parameter '${name}' must be one of AllowedValues`);
  }
  if (AllowedPattern !== undefined && !new RegExp(`^(?:${AllowedPattern})$`).test(text)) {
    const pattern = `Parameter ${name} failed to satisfy constraint: must match pattern ${AllowedPattern}`;
    throw invalid(constraint(name, ConstraintDescription) ?? pattern);
  }
  if (Type === 'Number') checkNumber(name, text, parameter);
  else checkLength(name, text, parameter);
}

function checkNumber(name: string, text: string, { MinValue, MaxValue }: TemplateParameter): void {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw invalid(`Parameter '${name}' must be a number`);
  if (MinValue !== undefined && value < Number(MinValue))
    throw invalid(`Parameter '${name}' must be a number not less than ${MinValue}`);
  if (MaxValue !== undefined && value > Number(MaxValue))
    throw invalid(`Parameter '${name}' must be a number not greater than ${MaxValue}`);
}

function checkLength(name: string, text: string, { MinLength, MaxLength }: TemplateParameter): void {
  if (MinLength !== undefined && text.length < Number(MinLength))
    throw invalid(`Parameter '${name}' must contain at least ${MinLength} characters`);
  if (MaxLength !== undefined && text.length > Number(MaxLength))
    throw invalid(`Parameter '${name}' must contain at most ${MaxLength} characters`);
}

const constraint = (name: string, description: string | undefined): string | undefined =>
  description === undefined ? undefined : `Parameter ${name} failed to satisfy constraint: ${description}`;

const invalid = (message: string): DeploymentRefused => new DeploymentRefused('ValidationError', message);
