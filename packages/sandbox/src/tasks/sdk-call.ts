import type { Simulation } from '@crosswind/workflow/clock/simulation';
import type { Json, JsonObject } from '@crosswind/aws/json';
import type { Integration, Offer, TaskCall, TaskReport } from './integration.ts';

/** How a task of `aws-sdk:…` fails. */
export interface SdkFailure {
  /** For example `S3.NoSuchKeyException`. */
  readonly error: string;
  readonly cause: string;
}

/** One operation of a service as a task calls it (supported-services-awssdk): its fields begin with capitals. */
export interface SdkOperation<Api> {
  readonly arguments: readonly string[];
  readonly run: (api: Api, call: TaskCall) => JsonObject | Promise<JsonObject>;
}

/** The operations of a service that a task calls as `aws-sdk:<service>:<operation>`. */
export interface SdkService<Api> {
  /** Name in the resource, for example `sfn`. */
  readonly name: string;
  /** Works on the operations. */
  readonly api: Api;
  readonly operations: ReadonlyMap<string, SdkOperation<Api>>;
  /** The failure of a task for an error of the service; undefined for an error of the sandbox. */
  readonly failureOf: (error: unknown) => SdkFailure | undefined;
}

/** Offers each operation of a service to state machines. */
export const sdkOffers = <Api>(
  simulation: Simulation,
  { name, api, operations, failureOf }: SdkService<Api>,
): readonly Offer[] =>
  [...operations].map(([operation, { arguments: known, run }]) => ({
    resource: `aws-sdk:${name}:${operation}`,
    arguments: known,
    integration: calling(simulation, (call) => run(api, call), failureOf),
  }));

type Run = (call: TaskCall) => JsonObject | Promise<JsonObject>;
type FailureOf = SdkService<unknown>['failureOf'];

/** A task that makes the call and ends with its answer. */
const calling =
  (simulation: Simulation, run: Run, failureOf: FailureOf): Integration =>
  (call) => {
    call.report({ kind: 'task-started' });
    simulation.soon(async () => {
      call.report(await reportOf(async () => run(call), failureOf));
    });
    return undefined;
  };

async function reportOf(run: () => Promise<JsonObject>, failureOf: FailureOf): Promise<TaskReport> {
  try {
    return { kind: 'task-succeeded', output: await run() };
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    return { kind: 'task-failed', ...failure };
  }
}

/** The exception of AWS's SDK for Java by the code of an error; codes that a service does not model are its own exception. */
export const exceptionName = (service: string, code: string, isModelled: boolean): string => {
  const name = isModelled ? code : service;
  return `${service}.${name.endsWith('Exception') ? name : `${name}Exception`}`;
};

/** A name as operations, exceptions and fields have it: with a capital letter. */
export const capitalized = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** The text that a field takes: JSON where something else was given. */
export const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
