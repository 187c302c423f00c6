import { z } from 'zod';
import { permit } from '../../aws-json/permit.ts';
import type { JsonObject } from '@crosswind/aws/json';
import { parseDefinition } from '@crosswind/workflow/definition/parse-definition';
import { requested } from './requested.ts';
import type { StatesApi, StatesOperation } from './states-api.ts';

const request = z.object({
  definition: z.string().min(1).max(1_048_576),
  type: z.enum(['STANDARD', 'EXPRESS']).default('STANDARD'),
  severity: z.enum(['ERROR', 'WARNING']).default('ERROR'),
  maxResults: z.number().int().min(0).max(100).default(0),
});

/**
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html
 * What the sandbox cannot run is an error too. It knows no warnings.
 */
export const validateStateMachineDefinition: StatesOperation = (api, call) => {
  const { definition, type, maxResults } = requested(request, call.body);
  permit(api.authorize, call, 'states:ValidateStateMachineDefinition', '*');
  const diagnostics = diagnosticsOf(api, definition, type);
  const shown = diagnostics.slice(0, maxResults || 100);
  return {
    result: diagnostics.length > 0 ? 'FAIL' : 'OK',
    diagnostics: shown,
    truncated: shown.length < diagnostics.length,
  };
};

function diagnosticsOf(
  { integrations }: StatesApi,
  definition: string,
  type: 'STANDARD' | 'EXPRESS',
): readonly JsonObject[] {
  const parsed = parseDefinition(definition, type);
  if (parsed.ok)
    return integrations.unsupported(parsed.machine).map((message) => diagnostic('INVALID_RESOURCE', message));
  const code = isJson(definition) ? 'SCHEMA_VALIDATION_FAILED' : 'INVALID_JSON_DESCRIPTION';
  return parsed.problems.map((problem) => diagnostic(code, problem));
}

function diagnostic(code: string, problem: string): JsonObject {
  const [, place, message] =
    /^((?:States|StartAt|TimeoutSeconds|QueryLanguage|Version|Comment)\S*|States\..*?): (.*)$/s.exec(problem) ?? [];
  const [, own, sentence] = /^([A-Z]+(?:_[A-Z]+)+): (.*)$/s.exec(message ?? problem) ?? [];
  return {
    severity: 'ERROR',
    code: own ?? code,
    message: sentence ?? message ?? problem,
    ...(place !== undefined && { location: locationOf(place) }),
  };
}

/** `States.Map.Retry[0].MaxAttempts` as AWS writes it: `/States/Map/Retry[0]/MaxAttempts`. */
const locationOf = (place: string): string => `/${place.replaceAll('.', '/')}`;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
