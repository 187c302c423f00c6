import { textOf } from '@crosswind/aws/json';
import { STS_OPERATIONS, type StsApi } from './sts-operations.ts';
import { StsError } from './sts-error.ts';
import type { SdkFailure, SdkOperation } from '../tasks/sdk-call.ts';

/**
 * `aws-sdk:sts:…`, answered by the operations that answer over HTTP. No task assumes a role: its credentials would be in
 * the history (supported-services-awssdk, "Unsupported operations").
 */
export const sdkSts: ReadonlyMap<string, SdkOperation<StsApi>> = new Map(
  [...STS_OPERATIONS]
    .filter(([name]) => name !== 'AssumeRole')
    .map(([name, { parameters, run }]) => {
      const operation: SdkOperation<StsApi> = {
        arguments: parameters,
        run: (api, { principal, arguments: given }) => {
          const parameter = (field: string): string | undefined =>
            given[field] === undefined || given[field] === null ? undefined : textOf(given[field]);
          return run(api, { caller: principal, parameter });
        },
      };
      return [name.charAt(0).toLowerCase() + name.slice(1), operation];
    }),
);

/** Of the errors that occur here STS models none. */
export const stsFailure = (error: unknown): SdkFailure | undefined =>
  error instanceof StsError
    ? {
        error: 'Sts.StsException',
        cause: `${error.message} (Service: Sts, Status Code: ${error.status}, Request ID: simulated) (SDK Attempt Count: 1)`,
      }
    : undefined;
