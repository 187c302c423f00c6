import { z } from 'zod';
import { isArray, isObject, type Json, type JsonObject, parsedJson } from '@crosswind/aws/json';
import type { AwsJsonOperation } from '../../aws-json/aws-json-service.ts';
import { permit } from '../../aws-json/permit.ts';
import { changeLive, type Changes } from '../../live-change.ts';
import type { ResourceHandler } from '../../service.ts';
import { stateMachineFor } from './named-resources.ts';
import { arn } from './request-fields.ts';
import { requested } from './requested.ts';
import { epochSeconds, type StatesApi } from './states-api.ts';
import { statesError } from './states-error.ts';

const request = z.strictObject({
  stateMachineArn: arn,
  definition: z.string().min(1).max(1_048_576).optional(),
  roleArn: arn.optional(),
  loggingConfiguration: z.record(z.string(), z.json()).optional(),
  tracingConfiguration: z.strictObject({ enabled: z.boolean().optional() }).optional(),
});

/**
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachine.html
 * Running executions go on with what they started with.
 */
export const updateStateMachine =
  (api: StatesApi, stateMachines: ResourceHandler): AwsJsonOperation =>
  async (call) => {
    const { stateMachineArn, definition, roleArn, ...settings } = requested(request, call.body);
    const machine = stateMachineFor(api, call, 'states:UpdateStateMachine', stateMachineArn);
    const { name, account, region } = machine;
    if (definition === undefined && roleArn === undefined && Object.keys(settings).length === 0)
      throw statesError(
        'MissingRequiredParameter',
        'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
      );
    if (roleArn !== undefined)
      permit(api.authorize, call, 'iam:PassRole', roleArn, { 'iam:PassedToService': 'states.amazonaws.com' });
    const changes: Changes = {
      ...(definition !== undefined && definitionChanges(machine.properties, definition)),
      ...(roleArn !== undefined && { RoleArn: roleArn }),
      ...(capitalized(settings) as JsonObject),
    };
    const of = { type: 'AWS::StepFunctions::StateMachine', name, arn: stateMachineArn, account, region };
    await changeLive(stateMachines, of, changes);
    return { updateDate: epochSeconds(api.now()) };
  };

/** The definition in the property that the machine has it in, so that drift finds it there. */
function definitionChanges({ Definition: literal }: JsonObject, text: string): Changes {
  const others = { DefinitionS3Location: undefined, DefinitionSubstitutions: undefined };
  if (literal === undefined) return { ...others, DefinitionString: text };
  try {
    return { ...others, Definition: parsedJson(text) };
  } catch {
    return { ...others, Definition: undefined, DefinitionString: text };
  }
}

/** CloudFormation spells the fields of the API with a capital letter. */
function capitalized(value: Json): Json {
  if (isArray(value)) return value.map(capitalized);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name.charAt(0).toUpperCase() + name.slice(1), capitalized(inner)]),
  );
}
