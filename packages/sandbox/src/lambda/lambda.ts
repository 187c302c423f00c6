import { join } from 'node:path';
import type { Simulation } from '@crosswind/workflow/clock/simulation';
import type { OnlyOnAws } from '../cloudformation/only-on-aws.ts';
import type { OpaqueResources } from '../cloudformation/opaque-resources.ts';
import type { Meters } from '../cloudwatch/meters.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { Sessions } from '../iam/sessions.ts';
import type { LogGroups } from '../logs/log-groups.ts';
import type { QuotasOf } from '../quotas/granted-quotas.ts';
import type { ObjectStorage } from '../s3/object-storage.ts';
import type { SandboxService } from '../service.ts';
import { lambdaService } from './api/lambda-service.ts';
import { FunctionCode } from './function-code.ts';
import { FunctionConcurrency } from './function-concurrency.ts';
import { functionHandler } from './function-handler.ts';
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
  readonly storage: ObjectStorage;
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
  const code = new FunctionCode(join(ports.directory, 'functions'), ports.storage);
  const invokePorts = { authorize, functions, opaque };
  const handler = functionHandler({ ...ports, functions, code });
  return {
    functions,
    endpoint: lambdaService({ authorize, simulation, functions, opaque, handler, concurrency, quotasOf }),
    resources: { 'AWS::Lambda::Function': handler },
    integrations: [
      { resource: 'lambda:invoke', arguments: ['FunctionName', 'Payload'], integration: lambdaInvoke(invokePorts) },
      {
        resource: /^arn:[^:]+:lambda:[^:]+:\d{12}:function:[^:]+$/,
        integration: lambdaFunction(invokePorts),
      },
    ],
  };
}
