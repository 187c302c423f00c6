import { withoutCircle } from './circle.ts';
import { hasLaterAttributes, laterAttribute, type ResourceIdentity } from './resource-identity.ts';
import { type Json, type JsonObject, isObject, isUnresolved, listOf, textOf, unresolved } from '@crosswind/aws/json';
import type { Template } from './template.ts';

/** Context in which an expression of a template is evaluated. */
export interface Scope {
  readonly template: Template;
  /** Pseudo parameters, for example `AWS::Region`. */
  readonly pseudo: Readonly<Record<string, string>>;
  /** Identity of a resource of the template. Undefined if the resource is missing or its type is unknown. */
  identity(logicalId: string): ResourceIdentity | undefined;
  importValue(name: string): Json | undefined;
  /**
   * Values of parameters at a deployment.
   *
   * @default - those of the template
   */
  readonly parameters?: ReadonlyMap<string, Json>;
  /** Conditions that are being evaluated. */
  readonly conditionTrail: string[];
  /** Called with what cannot be resolved; the evaluation goes on, so that all of it is reported. */
  problem(path: string, message: string): void;
}

type Intrinsic = (argument: Json, scope: Scope, path: string) => Json;

const noValue = Symbol('AWS::NoValue');

/** `value` with every intrinsic function replaced by what CloudFormation would put there. */
export function evaluate(value: Json, scope: Scope, path: string): Json {
  const result = evaluateOrDrop(value, scope, path);
  return typeof result === 'symbol' ? null : result;
}

function evaluateOrDrop(value: Json, scope: Scope, path: string): Json | typeof noValue {
  if (Array.isArray(value)) {
    return (value as readonly Json[]).flatMap((item, index) => kept(evaluateOrDrop(item, scope, `${path}.${index}`)));
  }
  if (!isObject(value)) return value;
  const [name, ...others] = Object.keys(value);
  if (
    name !== undefined &&
    others.length === 0 &&
    (name === 'Ref' || name === 'Condition' || name.startsWith('Fn::'))
  ) {
    const argument = value[name] ?? null;
    if (name === 'Ref' && argument === 'AWS::NoValue') return noValue;
    if (name === 'Fn::If') return chosenBranch(argument, scope, path);
    const intrinsic = intrinsics[name];
    if (intrinsic) return intrinsic(argument, scope, path);
    if (name !== 'Condition') return fail(scope, path, `${name} is not supported by the assembly reader`);
  }
  return evaluateObject(value, scope, path);
}

function evaluateObject(value: JsonObject, scope: Scope, path: string): JsonObject {
  const entries = Object.entries(value).flatMap(([key, item]) =>
    kept(evaluateOrDrop(item, scope, `${path}.${key}`)).map((result): [string, Json] => [key, result]),
  );
  return Object.fromEntries(entries);
}

const kept = (result: Json | typeof noValue): readonly Json[] => (typeof result === 'symbol' ? [] : [result]);

function chosenBranch(argument: Json, scope: Scope, path: string): Json | typeof noValue {
  const [condition = null, whenTrue = null, whenFalse = null] = listOf(argument);
  const met = evaluate({ Condition: condition }, scope, path);
  if (met === unresolved) return unresolved;
  return evaluateOrDrop(met === true ? whenTrue : whenFalse, scope, path);
}

/** True if a condition, or the condition function in its place, holds; undefined if that cannot be resolved. */
export function holds(condition: Json, scope: Scope, path: string): boolean | undefined {
  const value = evaluate(condition, scope, path);
  return value === unresolved ? undefined : value === true;
}

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope, path) => reference(textOf(argument), scope, path),
  'Fn::GetAtt': (argument, scope, path) => {
    const [logicalId = '', ...attribute] =
      typeof argument === 'string' ? argument.split('.') : listOf(argument).map(textOf);
    return attributeOf(logicalId, attribute.join('.'), scope, path);
  },
  'Fn::Join': (argument, scope, path) => {
    const [delimiter, parts] = listOf(evaluate(argument, scope, path));
    return listOf(parts).map(textOf).join(textOf(delimiter));
  },
  'Fn::Split': (argument, scope, path) => {
    const [delimiter, source = null] = listOf(evaluate(argument, scope, path));
    return earlyText(source, scope, path, 'Fn::Split').split(textOf(delimiter));
  },
  'Fn::Select': (argument, scope, path) => {
    const [index, items] = listOf(evaluate(argument, scope, path));
    const selected = listOf(items)[Number(textOf(index))];
    return selected ?? fail(scope, path, `Fn::Select has no item ${textOf(index)} in ${JSON.stringify(items)}`);
  },
  'Fn::Sub': (argument, scope, path) => {
    const [template, variables] = typeof argument === 'string' ? [argument] : listOf(argument);
    const values = isObject(variables) ? evaluateObject(variables, scope, path) : {};
    return textOf(template).replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      const value = values[name];
      if (value !== undefined) return textOf(value);
      const [logicalId = '', ...attribute] = name.trim().split('.');
      return attribute.length > 0
        ? attributeOf(logicalId, attribute.join('.'), scope, path)
        : textOf(reference(logicalId, scope, path));
    });
  },
  'Fn::FindInMap': (argument, scope, path) => {
    const [map, first, second] = listOf(evaluate(argument, scope, path)).map(textOf);
    const value = scope.template.Mappings?.[map ?? '']?.[first ?? '']?.[second ?? ''];
    return value ?? fail(scope, path, `Fn::FindInMap finds nothing at ${map}.${first}.${second}`);
  },
  'Fn::ImportValue': (argument, scope, path) => {
    const name = textOf(evaluate(argument, scope, path));
    const value = scope.importValue(name);
    if (value === undefined) return fail(scope, path, `no stack of the same account and region exports "${name}"`);
    // Its custom resource is in another stack, which keeps the answers to itself.
    if (hasLaterAttributes(value)) return fail(scope, path, `the export "${name}" has a value that a function answers`);
    return resolvedOnly(value, scope, path, `the export "${name}"`);
  },
  'Fn::GetAZs': (argument, scope, path) => {
    if (!scope.parameters) return fail(scope, path, 'Fn::GetAZs is not supported by the assembly reader');
    const region = textOf(evaluate(argument, scope, path)) || (scope.pseudo['AWS::Region'] ?? '');
    // An assumption: AWS answers those in which the account has a default subnet.
    return ['a', 'b', 'c'].map((zone) => `${region}${zone}`);
  },
  'Fn::Base64': (argument, scope, path) => {
    const text = earlyText(evaluate(argument, scope, path), scope, path, 'Fn::Base64');
    return isUnresolved(text) ? unresolved : Buffer.from(text).toString('base64');
  },
  'Fn::Equals': (argument, scope, path) => {
    const [left, right] = listOf(evaluate(argument, scope, path));
    const texts = [JSON.stringify(left), JSON.stringify(right)];
    return texts.some(isUnresolved) ? unresolved : texts[0] === texts[1];
  },
  'Fn::Not': (argument, scope, path) => {
    const value = evaluate(listOf(argument)[0] ?? null, scope, path);
    return value === unresolved ? unresolved : value !== true;
  },
  'Fn::And': (argument, scope, path) => {
    const values = listOf(argument).map((condition) => evaluate(condition, scope, path));
    return decided(values, false) ?? values.every((value) => value === true);
  },
  'Fn::Or': (argument, scope, path) => {
    const values = listOf(argument).map((condition) => evaluate(condition, scope, path));
    return decided(values, true) ?? values.includes(true);
  },
  Condition: (argument, scope, path) => {
    if (typeof argument !== 'string') return evaluateObject({ Condition: argument }, scope, path);
    const condition = scope.template.Conditions?.[argument];
    return condition === undefined
      ? fail(scope, path, `there is no condition "${argument}"`)
      : withoutCircle(scope.conditionTrail, argument, 'conditions', () => evaluate(condition, scope, path));
  },
};

/** Unresolved, if a value is and none of the others decides alone. */
const decided = (values: readonly Json[], deciding: boolean): Json | undefined =>
  values.includes(unresolved) && !values.includes(deciding) ? unresolved : undefined;

function reference(name: string, scope: Scope, path: string): Json {
  const given = scope.parameters?.get(name);
  if (given !== undefined) return given;
  const parameter = scope.template.Parameters?.[name];
  if (parameter?.Default !== undefined && !parameter.Type.startsWith('AWS::SSM::')) return parameter.Default;
  if (parameter) return fail(scope, path, `the parameter "${name}" (${parameter.Type}) has no value before deployment`);
  // In a text; alone it takes its property away.
  if (name === 'AWS::NoValue') return '';
  if (name === 'AWS::NotificationARNs') return [];
  const value = scope.pseudo[name] ?? scope.identity(name)?.ref;
  if (value === undefined) return fail(scope, path, `cannot resolve Ref "${name}"`);
  return resolvedOnly(value, scope, path, `Ref "${name}"`);
}

/** Text that a function needs before the deployment. Attributes of a custom resource are a problem: they come later. */
function earlyText(value: Json, scope: Scope, path: string, what: string): string {
  if (hasLaterAttributes(value)) return fail(scope, path, `${what} of what a custom resource answers is not supported`);
  return textOf(value);
}

/** The value of something elsewhere; a problem here, too, if that could not be resolved. */
function resolvedOnly<Value extends Json>(value: Value, scope: Scope, path: string, what: string): Value {
  if (JSON.stringify(value).includes(unresolved)) scope.problem(path, `${what} has a value that could not be resolved`);
  return value;
}

function attributeOf(logicalId: string, attribute: string, scope: Scope, path: string): string {
  const value = knownAttribute(logicalId, attribute, scope);
  if (value === undefined) return fail(scope, path, `cannot resolve Fn::GetAtt "${logicalId}.${attribute}"`);
  return resolvedOnly(value, scope, path, `Fn::GetAtt "${logicalId}.${attribute}"`);
}

function knownAttribute(logicalId: string, attribute: string, scope: Scope): string | undefined {
  const identity = scope.identity(logicalId);
  const known = identity?.attributes[attribute];
  if (known !== undefined) return known;
  if (identity?.answersLater) return laterAttribute(logicalId, attribute);
  if (identity?.isOpaque) return attribute.endsWith('Arn') ? (identity.arn ?? '') : `${identity.name}.${attribute}`;
  return undefined;
}

function fail(scope: Scope, path: string, message: string): string {
  scope.problem(path, message);
  return unresolved;
}
