import { permit } from '../../aws-json/permit.ts';
import { AwsJsonError } from '../../aws-json/aws-json-error.ts';
import type { Caller } from '../../aws-json/aws-json-service.ts';
import type { Authorize } from '../../iam/authorizer.ts';
import type { QuotasOf } from '../../quotas/granted-quotas.ts';
import type { FunctionConcurrency } from '../function-concurrency.ts';
import type { InvokeAnswer } from './invoke.ts';
import { LambdaError } from './lambda-error.ts';

export interface AccountSettingsApi {
  readonly authorize: Authorize;
  readonly quotasOf: QuotasOf;
  readonly concurrency: Pick<FunctionConcurrency, 'reservedIn'>;
}

/**
 * The concurrency of an account in a region, which is what Lambda enforces. The sizes of code, which nothing here limits,
 * are left out.
 */
export function accountSettings({ authorize, quotasOf, concurrency }: AccountSettingsApi, call: Caller): InvokeAnswer {
  try {
    permit(authorize, call, 'lambda:GetAccountSettings', '*');
  } catch (error) {
    if (error instanceof AwsJsonError) throw new LambdaError(error.code, error.message, 403);
    throw error;
  }
  const place = { account: call.principal.account, region: call.region };
  const ConcurrentExecutions = quotasOf(place).lambdaConcurrency;
  const UnreservedConcurrentExecutions = ConcurrentExecutions - concurrency.reservedIn(place);
  const body = JSON.stringify({ AccountLimit: { ConcurrentExecutions, UnreservedConcurrentExecutions } });
  return { status: 200, headers: {}, body };
}
