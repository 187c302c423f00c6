import { denialMessage } from '@crosswind/iam/denial-message';
import type { AwsJsonCall } from '../../aws-json/aws-json-service.ts';
import { type Actor, callOf } from '../operations/permissions.ts';
import { parameterArn } from '../templates/parameters.ts';
import { type CloudFormationApi, placeOf, validationError } from './cloudformation-api.ts';

/** Value of a parameter of Parameter Store by its name; undefined if there is none. */
export type Stored = (name: string) => string | undefined;

/**
 * Reads the parameters of Parameter Store that a template's own parameters name.
 * @param readers those who must be allowed to, all of them
 */
export const storedFor =
  (api: CloudFormationApi, call: AwsJsonCall, readers: readonly Actor[]): Stored =>
  (name) => {
    const place = placeOf(call);
    const arn = parameterArn(place, name);
    for (const reader of readers) {
      const request = callOf(reader, 'ssm:GetParameters', arn, place);
      const decision = api.authorize(request);
      // AWS's words, as in aws-amplify/amplify-backend#2258.
      if (!decision.allowed) throw validationError(denialMessage(request, decision), decision);
    }
    return api.parameters.get(arn);
  };
