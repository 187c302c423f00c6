import { createRequire } from 'node:module';
import type { JsonObject } from '@crosswind/aws/json';

type Validator = (definition: unknown) => {
  readonly isValid: boolean;
  readonly errorsText: (separator: string) => string;
};

/** The package has no types, and its export is the function itself. */
const validate = createRequire(import.meta.url)('asl-validator') as Validator;

/** Problems of a definition in the Amazon States Language; empty if there are none. */
export function aslErrors(definition: JsonObject): string {
  // The validator writes into what it is given, and refuses conditions of more than one line, which AWS accepts.
  const copy: unknown = JSON.parse(JSON.stringify(definition).replaceAll('\\n', ' '));
  const { isValid, errorsText } = validate(copy);
  return isValid ? '' : errorsText('\n');
}
