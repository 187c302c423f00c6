import { isArray, isObject, type Json } from '@crosswind/aws/json';
import { type OpaqueResource, type OpaqueResources, opaqueLine } from '../cloudformation/opaque-resources.ts';
import type { Authorize } from '../iam/authorizer.ts';
import { ask, calledIn } from './ask.ts';
import { iamAction } from '@crosswind/aws/iam-action';
import type { Integration, TaskReport } from './integration.ts';
import type { ModelledIntegrations } from './integration-models.ts';
import { requestedResource } from '@crosswind/aws/requested-resource';
import { capitalized } from './sdk-call.ts';

export interface OpaqueTaskPorts {
  readonly authorize: Authorize;
  readonly opaque: OpaqueResources;
  readonly modelledIntegrations: ModelledIntegrations;
}

/**
 * A task whose integration no service of the sandbox offers. Its permission is decided as AWS would. Then a model answers
 * it if there is one, else it fails with an error that names what the sandbox lacks.
 */
export const opaqueTask =
  ({ authorize, opaque, modelledIntegrations }: OpaqueTaskPorts): Integration =>
  (call) => {
    call.report({ kind: 'task-started' });
    const [, service = '', operation = ''] = /^arn:[^:]+:states:::(?:aws-sdk:)?([^:]+):(\w+)/.exec(call.resource) ?? [];
    const texts = textsIn(call.arguments);
    const resource = opaque.named(service, texts, calledIn(call));
    const { arn, isAssumed } = requestedResource(service, texts, resource?.arn);
    const { decision, refusal } = ask(authorize, call, iamAction(service, operation), arn, isAssumed);
    if (refusal !== undefined && !decision.allowed && decision.kind !== 'undecidable') {
      call.report({ kind: 'task-failed', error: `${capitalized(service)}.AccessDeniedException`, cause: refusal });
      return undefined;
    }
    if (modelledIntegrations.has(call.execution.machine.path, call.resource)) return modelledIntegrations.answer(call);
    if (resource) call.report(opaqueFailure(resource));
    else {
      const cause = `AWS can, the sandbox cannot: the integration ${call.resource}`;
      call.report({ kind: 'task-failed', error: notSimulated, cause });
    }
    return undefined;
  };

/** Error name of a task that reaches something the sandbox cannot simulate. */
export const notSimulated = 'Sandbox.NotSimulated';

/** The failure of a task that reaches an opaque resource. */
export const opaqueFailure = (resource: OpaqueResource): TaskReport => ({
  kind: 'task-failed',
  error: notSimulated,
  cause: opaqueLine(resource),
});

/** Every text in a value, keys included (DynamoDB: `RequestItems`): those of the outer levels first. */
export function textsIn(value: Json): readonly string[] {
  const texts: string[] = [];
  let level: readonly Json[] = [value];
  while (level.length > 0) {
    texts.push(...level.filter((each) => typeof each === 'string'), ...level.filter(isObject).flatMap(Object.keys));
    level = level.flatMap((each) => (isArray(each) || isObject(each) ? Object.values<Json>(each) : []));
  }
  return texts;
}
