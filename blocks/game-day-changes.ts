import { type JsonObject, objectOf, parsedJson, textOf } from '@crosswind/aws/json';

/** Change of a state machine: its executions have another timeout from now on. */
export const withTimeout =
  (seconds: number) =>
  ({ DefinitionString: definition }: JsonObject): JsonObject => ({
    DefinitionString: JSON.stringify({ ...objectOf(parsedJson(textOf(definition))), TimeoutSeconds: seconds }),
  });

/** Change of a policy: one more statement, which denies actions. */
export const withDenied =
  (...actions: readonly string[]) =>
  ({ PolicyDocument: document }: JsonObject): JsonObject => ({
    PolicyDocument: {
      Statement: [
        ...[objectOf(document)['Statement'] ?? []].flat(),
        { Effect: 'Deny', Action: [...actions], Resource: '*' },
      ],
    },
  });
