import type { Environment } from '@crosswind/assembly/read-assembly';
import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { defined, type JsonObject } from '@crosswind/aws/json';
import { AwsJsonError } from './aws-json/aws-json-error.ts';
import { DeploymentRefused } from './cloudformation/refusal.ts';
import { unknownOperation } from './protocols/protocol.ts';
import type { ResourceHandler } from './service.ts';

/** A resource that a request to a service names, past CloudFormation. */
export interface LiveResource extends Environment {
  readonly type: string;
  readonly name: string;
  readonly arn: string;
}

/** Changes of properties in the form of a template; undefined takes a property away. */
export type Changes = Readonly<Record<string, JsonObject[string] | undefined>>;

/** The properties of a resource as they are now, in the form of a template; undefined if it is not there. */
export const livePropertiesOf = ({ read }: ResourceHandler, of: LiveResource): JsonObject | undefined =>
  read?.(resourceOf(of, {}), placeOf(of));

/**
 * Changes a resource as an update of its stack would, with the same refusals, which leaves the stack as it is: drift.
 * @returns false if it is not there
 */
export async function changeLive(handler: ResourceHandler, of: LiveResource, changes: Changes): Promise<boolean> {
  const before = livePropertiesOf(handler, of);
  if (!before) return false;
  const after = defined({ ...before, ...changes });
  await asAnswer(() => handler.update(resourceOf(of, after), resourceOf(of, before), placeOf(of), () => undefined));
  return true;
}

/** Creates a resource, or gives it other properties in the place of all that it has. */
export async function putLive(handler: ResourceHandler, of: LiveResource, properties: JsonObject): Promise<void> {
  const gone = Object.keys(livePropertiesOf(handler, of) ?? {}).map((name) => [name, undefined] as const);
  if (await changeLive(handler, of, { ...Object.fromEntries(gone), ...properties })) return;
  await asAnswer(() => handler.create(resourceOf(of, properties), placeOf(of), () => undefined));
}

/** Deletes a resource; one that is gone already is no error. */
export const deleteLive = (handler: ResourceHandler, of: LiveResource): Promise<void> =>
  asAnswer(() => handler.delete(resourceOf(of, {}), placeOf(of)));

/** Answers the refusal of a deployment as the service's own. */
async function asAnswer(action: () => Promise<void> | void): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof DeploymentRefused)) throw error;
    if (error.code === 'NotSupported') throw new AwsJsonError(unknownOperation, error.message);
    throw new AwsJsonError(error.code, error.message);
  }
}

const resourceOf = ({ type, name, arn }: LiveResource, properties: JsonObject): Resource => ({
  logicalId: name,
  type,
  properties,
  path: name,
  name,
  ref: name,
  arn,
  dependencies: [],
  unresolved: [],
});

/** A stack of nobody, in which a resource is that no template describes. */
const placeOf = ({ account, region }: LiveResource): Stack => ({
  path: '',
  name: '',
  account,
  region,
  template: { Resources: {} },
  templateFile: '',
  assets: new Map(),
  dependencies: [],
  id: '',
  isAgnostic: false,
  resources: [],
});
