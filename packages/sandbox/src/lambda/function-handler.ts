import { isDeepStrictEqual } from 'node:util';
import { type FunctionResource, toFunction } from '@crosswind/assembly/functions';
import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { type JsonObject, textOf, without } from '@crosswind/aws/json';
import type { OnlyOnAws } from '../cloudformation/only-on-aws.ts';
import { DeploymentRefused, forbidden, taken } from '../cloudformation/refusal.ts';
import type { RolePrincipal, Sessions } from '../iam/sessions.ts';
import { liveProperties } from '../live-properties.ts';
import type { ResourceHandler } from '../service.ts';
import type { FunctionCode } from './function-code.ts';
import type { Functions } from './functions.ts';

export interface FunctionHandlerPorts {
  readonly sessions: Sessions;
  readonly onlyOnAws: OnlyOnAws;
  readonly functions: Functions;
  readonly code: FunctionCode;
}

/** A function as it is now. */
interface Deployed {
  readonly fn: FunctionResource;
  /** In the form of a template, without its code, which Lambda does not give back in that form. */
  readonly settings: JsonObject;
}

/** `AWS::Lambda::Function`. */
export function functionHandler(ports: FunctionHandlerPorts): ResourceHandler {
  const { functions, code } = ports;
  const deployed = new Map<string, Deployed>();
  const put = (fn: FunctionResource, { properties }: Resource): void => {
    const session = sessionOf(ports, fn);
    functions.add(fn, session);
    deployed.set(fn.arn, { fn, settings: without(properties, 'Code') });
  };
  return {
    create: async (resource, stack) => {
      refuseRuntime(resource);
      const fn = toFunction(stack, resource, await code.of(stack, resource));
      if (functions.has(fn.arn)) throw taken('ResourceConflictException', 'Function', fn.name);
      put(fn, resource);
    },
    update: async (resource, before, stack) => {
      const current = deployed.get(resource.arn ?? '');
      if (!current) {
        throw new DeploymentRefused('ResourceNotFoundException', `Function not found: ${resource.arn ?? ''}`);
      }
      refuseRuntime(resource);
      const directory = isDeepStrictEqual(before.properties['Code'], resource.properties['Code'])
        ? current.fn.directory
        : await code.of(stack, resource);
      put(toFunction(stack, resource, directory), resource);
    },
    delete: ({ arn = '' }: Resource) => {
      functions.remove(arn);
      deployed.delete(arn);
    },
    read: ({ arn = '' }: Resource, _: Stack) => {
      const current = deployed.get(arn);
      return current && liveProperties(current.settings);
    },
  };
}

function refuseRuntime({ properties }: Resource): void {
  const runtime = textOf(properties['Runtime']) || 'of a container image';
  if (runtime.startsWith('nodejs')) return;
  throw new DeploymentRefused('NotSupported', `the sandbox runs Node.js only, not the runtime ${runtime}`);
}

/** The session in which a function runs; refuses a role that Lambda may not assume. */
function sessionOf({ sessions, onlyOnAws }: FunctionHandlerPorts, fn: FunctionResource): RolePrincipal {
  const assumed = sessions.assumeRole({ kind: 'service', service: 'lambda.amazonaws.com' }, fn.roleArn, fn.name, {
    'aws:SourceAccount': fn.account,
    'aws:SourceArn': fn.arn,
  });
  if (assumed.ok) return assumed.session;
  const message = `The role defined for the function cannot be assumed by Lambda (${assumed.denied.reason})`;
  const refused = forbidden('InvalidParameterValueException', message, assumed.denied);
  throw onlyOnAws.refusal('role', fn.roleArn, refused);
}
