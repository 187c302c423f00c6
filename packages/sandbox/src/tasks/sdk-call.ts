import type { Cloud } from '../cloud.ts';
import type { Json, JsonObject } from '@crosswind/aws/json';
import type { Integration, TaskCall, TaskReport } from './integration.ts';

/** How a task of `aws-sdk:…` fails. */
export interface SdkFailure {
  /** For example `S3.NoSuchKeyException`. */
  readonly error: string;
  readonly cause: string;
}

/** One operation of a service as a task calls it (supported-services-awssdk): its fields begin with capitals. */
export interface SdkOperation {
  readonly arguments: readonly string[];
  readonly run: (cloud: Cloud, call: TaskCall) => JsonObject | Promise<JsonObject>;
}

/** A task that makes the call and is done with its answer. `failureOf` knows the errors of the service. */
export const sdkIntegration =
  ({ run }: SdkOperation, failureOf: (error: unknown) => SdkFailure | undefined): Integration =>
  (cloud, call) => {
    call.report({ kind: 'task-started' });
    cloud.simulation.soon(async () => {
      call.report(await reportOf(async () => run(cloud, call), failureOf));
    });
    return undefined;
  };

async function reportOf(
  run: () => Promise<JsonObject>,
  failureOf: (error: unknown) => SdkFailure | undefined,
): Promise<TaskReport> {
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

/** The text that a field takes: JSON where something else was given. */
export const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
