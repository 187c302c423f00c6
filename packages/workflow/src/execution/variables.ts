import type { Template } from '../definition/definition.ts';
import { evaluate } from '../expressions/expressions.ts';
import { StateFailed } from './failure.ts';
import { isObject } from '@crosswind/aws/json';
import { byteLength } from '../json.ts';
import type { Json, JsonObject } from '@crosswind/aws/json';
import { fillTemplate } from '../expressions/jsonpath/payload-template.ts';
import { MAX_VARIABLE_BYTES, MAX_VARIABLES_BYTES } from '../limits.ts';
import type { Bindings } from '../expressions/query.ts';

/** The variables that `Assign` sets, within AWS's limits. */
export async function assigned(
  templates: Readonly<Record<string, Template>>,
  path: string,
  bindings: Bindings,
): Promise<JsonObject> {
  const values = await valuesOf(templates, path, bindings);
  if (totalOf(values) > MAX_VARIABLE_BYTES) throw tooLarge('an Assign', MAX_VARIABLE_BYTES);
  const all = { ...bindings.variables, ...values };
  // Only as many variables of the greatest size as this can be too much together.
  if (Object.keys(all).length > MAX_VARIABLES_BYTES / MAX_VARIABLE_BYTES && totalOf(all) > MAX_VARIABLES_BYTES) {
    throw tooLarge('all variables of an execution', MAX_VARIABLES_BYTES);
  }
  return values;
}

async function valuesOf(templates: JsonObject, path: string, bindings: Bindings): Promise<JsonObject> {
  if (bindings.language === 'JSONPath') {
    const filled = fillTemplate(templates, `${path}Assign`, bindings);
    return isObject(filled) ? filled : {};
  }
  const values: Record<string, Json> = {};
  for (const [name, each] of Object.entries(templates)) {
    values[name] = await evaluate(each, `${path}Assign/${name}`, bindings);
  }
  return values;
}

const totalOf = (values: JsonObject): number =>
  Object.values(values).reduce((sum: number, each) => sum + byteLength(each), 0);

const tooLarge = (what: string, bytes: number): StateFailed =>
  new StateFailed({
    error: 'States.DataLimitExceeded',
    cause: `The variables exceed the maximum number of bytes service limit: ${what} may have ${bytes}.`,
  });

/** Details of an exited event for variables. Empty if none was set. */
export function assignedDetails(values: JsonObject): JsonObject {
  const texts = Object.entries(values).map(([name, each]) => [name, JSON.stringify(each)] as const);
  if (texts.length === 0) return {};
  return { assignedVariables: Object.fromEntries(texts), assignedVariablesDetails: { truncated: false } };
}
