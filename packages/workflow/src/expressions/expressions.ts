import { typeName } from '../json.ts';
import type { Json, JsonObject } from '@crosswind/aws/json';
import { evaluateJsonata, unexpectedType } from './jsonata.ts';
import { fillTemplate } from './jsonpath/payload-template.ts';
import { PathFailed } from './query.ts';
import type { Bindings } from './query.ts';

interface Expected {
  readonly array: readonly Json[];
  readonly boolean: boolean;
  readonly number: number;
  readonly object: JsonObject;
  readonly string: string;
}

/** The value of a template, in the query language of its state: the seam between the machine and both languages. */
export async function evaluate(template: Json, field: string, bindings: Bindings): Promise<Json> {
  return bindings.language === 'JSONPath'
    ? fillTemplate(template, field, bindings)
    : evaluateJsonata(template, field, bindings);
}

/** Arguments of a state: the value of its template, or its input if it has no template. */
export async function argumentsOf(template: Json | undefined, field: string, bindings: Bindings): Promise<Json> {
  return template === undefined ? (bindings.states['input'] ?? null) : evaluate(template, field, bindings);
}

/** The value of a template that must have one type. */
export async function evaluateAs<Kind extends keyof Expected>(
  kind: Kind,
  template: Json,
  field: string,
  bindings: Bindings,
): Promise<Expected[Kind]> {
  const value = await evaluate(template, field, bindings);
  if (typeName(value) === kind) return value as Expected[Kind];
  if (bindings.language === 'JSONata') throw unexpectedType(template, field, kind, value);
  throw new PathFailed(`The field '${field}' must be of type ${kind} but was: ${JSON.stringify(value)}`);
}
