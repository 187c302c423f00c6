import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { toFunction } from '@crosswind/assembly/functions';
import { join } from 'node:path';
import { textOf } from '@crosswind/aws/json';
import type { Simulation } from '@crosswind/workflow/clock/simulation';
import type { OnlyOnAws } from '../cloudformation/only-on-aws.ts';
import type { OpaqueResources } from '../cloudformation/opaque-resources.ts';
import { DeploymentRefused, forbidden, taken } from '../cloudformation/refusal.ts';
import type { Meters } from '../cloudwatch/meters.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { Sessions } from '../iam/sessions.ts';
import type { LogGroups } from '../logs/log-groups.ts';
import type { QuotasOf } from '../quotas/granted-quotas.ts';
import type { SandboxService } from '../service.ts';
import { lambdaService } from './api/lambda-service.ts';
import { FunctionCode } from './function-code.ts';
import { FunctionConcurrency } from './function-concurrency.ts';
import { FunctionService } from './function-service.ts';
import type { Functions } from './functions.ts';
import { lambdaFunction, lambdaInvoke } from './lambda-invoke.ts';
import { type FunctionModels, ModelledFunctions } from './modelled-functions.ts';

export interface LambdaPorts {
  readonly authorize: Authorize;
  readonly sessions: Sessions;
  readonly simulation: Simulation;
  readonly quotasOf: QuotasOf;
  readonly opaque: OpaqueResources;
  readonly onlyOnAws: OnlyOnAws;
  readonly logGroups: LogGroups;
  readonly meters: Meters;
  readonly endpointUrl: string;
  /** A directory for code of functions. */
  readonly directory: string;
  /** Functions that run at the same time. */
  readonly capacity: number;
  /** True if the first attempt at each event is killed after it began. */
  readonly crashFirstAttempts: boolean;
  /** @default - every function is run */
  readonly models?: FunctionModels;
}

export interface Lambda extends SandboxService {
  readonly functions: Functions;
}

/** Lambda: functions, which run as they were bundled, and calls of them over HTTP and from tasks. */
export function lambda(ports: LambdaPorts): Lambda {
  const { authorize, simulation, meters, quotasOf, opaque, models } = ports;
  const concurrency = new FunctionConcurrency({ quotasOf, meters, now: () => simulation.now() });
  const bundles = new FunctionService({ ...ports, concurrency });
  const functions = models ? new ModelledFunctions(bundles, { models, simulation, concurrency, meters }) : bundles;
  const code = new FunctionCode(join(ports.directory, 'functions'));
  const invokePorts = { authorize, functions, opaque };
  return {
    functions,
    endpoint: lambdaService({ authorize, simulation, functions, opaque }),
    resources: {
      'AWS::Lambda::Function': (resource, stack) => {
        createFunction(ports, functions, code, resource, stack);
      },
    },
    integrations: [
      { resource: 'lambda:invoke', arguments: ['FunctionName', 'Payload'], integration: lambdaInvoke(invokePorts) },
      {
        resource: /^arn:[^:]+:lambda:[^:]+:\d{12}:function:[^:]+$/,
        integration: lambdaFunction(invokePorts),
      },
    ],
  };
}

function createFunction(
  { sessions, onlyOnAws }: LambdaPorts,
  functions: Functions,
  code: FunctionCode,
  resource: Resource,
  stack: Stack,
): void {
  const runtime = textOf(resource.properties['Runtime']) || 'of a container image';
  if (!runtime.startsWith('nodejs')) {
    throw new DeploymentRefused('NotSupported', `the sandbox runs Node.js only, not the runtime ${runtime}`);
  }
  const fn = toFunction(stack, resource, code.of(stack, resource));
  if (functions.has(fn.arn)) throw taken('ResourceConflictException', 'Function', fn.name);
  const assumed = sessions.assumeRole({ kind: 'service', service: 'lambda.amazonaws.com' }, fn.roleArn, fn.name, {
    'aws:SourceAccount': fn.account,
    'aws:SourceArn': fn.arn,
  });
  if (!assumed.ok) {
    const message = `The role defined for the function cannot be assumed by Lambda (${assumed.denied.reason})`;
    const refused = forbidden('InvalidParameterValueException', message, assumed.denied);
    throw onlyOnAws.refusal('role', fn.roleArn, refused);
  }
  functions.add(fn, assumed.session);
}
