import type { Leaving, State } from '../../definition/definition.ts';
import type { Json, JsonObject } from '@crosswind/aws/json';
import { withInput } from '../query.ts';
import type { Bindings } from '../query.ts';
import { fillTemplate } from './payload-template.ts';
import { selected } from './resolve.ts';
import { combined } from './result-path.ts';

interface Departure {
  readonly leaving: Leaving;
  readonly result?: Json;
  readonly errorOutput?: JsonObject;
}

/**
 * Output of a JSONPath state. A result goes through `ResultSelector`, `ResultPath` and `OutputPath`. An error goes
 * through the catcher's `ResultPath` only. Without either, the input goes through `OutputPath`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-input-output-filtering.html
 *
 * @param bindings with the result or error as `$`, if there is one
 */
export function pathOutput(state: State, input: Json, departure: Departure, bindings: Bindings): Json {
  const { leaving, result, errorOutput } = departure;
  if (errorOutput) return combined(input, errorOutput, leaving.ResultPath);
  const outputPath = 'OutputPath' in state ? state.OutputPath : undefined;
  if (result === undefined) return selected(outputPath, bindings);
  const selector = 'ResultSelector' in state ? state.ResultSelector : undefined;
  const chosen = selector === undefined ? result : fillTemplate(selector, 'ResultSelector', bindings);
  return selected(outputPath, withInput(bindings, combined(input, chosen, leaving.ResultPath)));
}
