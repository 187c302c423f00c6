import { defined, type JsonObject, objectOf, textOf } from '@crosswind/aws/json';
import { AwsJsonError } from '../../aws-json/aws-json-error.ts';
import { jsonBody } from '../../aws-json/json-body.ts';
import { permit } from '../../aws-json/permit.ts';
import type { Authorize } from '../../iam/authorizer.ts';
import type { RolePrincipal } from '../../iam/sessions.ts';
import { changeLive, livePropertiesOf, type LiveResource } from '../../live-change.ts';
import type { ResourceHandler } from '../../service.ts';
import { functionNamed } from './function-named.ts';
import type { InvokeAnswer } from './invoke.ts';
import { LambdaError } from './lambda-error.ts';

export interface ConfigurationApi {
  readonly authorize: Authorize;
  readonly handler: ResourceHandler;
}

export interface ConfigurationCall {
  readonly principal: RolePrincipal;
  readonly region: string;
  readonly functionName: string;
  readonly payload: Buffer;
}

/** Fields of UpdateFunctionConfiguration that a template has as properties of the same name. */
const fields = ['Description', 'Environment', 'Handler', 'KMSKeyArn', 'MemorySize', 'Role', 'Runtime', 'Timeout'];

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
export function getFunctionConfiguration(api: ConfigurationApi, call: ConfigurationCall): InvokeAnswer {
  const fn = functionIn(api, call, 'GetFunctionConfiguration');
  return answered(fn, livePropertiesOf(api.handler, fn));
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html */
export async function updateFunctionConfiguration(
  api: ConfigurationApi,
  call: ConfigurationCall,
): Promise<InvokeAnswer> {
  const fn = functionIn(api, call, 'UpdateFunctionConfiguration');
  const { authorize, handler } = api;
  const changes = await asLambda(async () => {
    const given = jsonBody(call.payload);
    const unknown = Object.keys(given).find((name) => !fields.includes(name));
    if (unknown !== undefined) {
      const message = `the simulated Lambda does not change ${unknown} (see docs/sandbox-support.md)`;
      throw new AwsJsonError('NotImplemented', message, 501);
    }
    const role = given['Role'] === undefined ? undefined : textOf(given['Role']);
    const keys = { 'iam:PassedToService': 'lambda.amazonaws.com' };
    if (role !== undefined) permit(authorize, call, 'iam:PassRole', role, keys);
    await changeLive(handler, fn, given);
    return livePropertiesOf(handler, fn);
  });
  return answered(fn, changes);
}

function functionIn({ authorize }: ConfigurationApi, call: ConfigurationCall, action: string): LiveResource {
  const { functionArn: arn, resource } = functionNamed(call.functionName, undefined, call);
  const name = arn.split(':').at(-1) ?? '';
  asLambdaNow(() => {
    permit(authorize, call, `lambda:${action}`, resource);
  });
  return { type: 'AWS::Lambda::Function', name, arn, account: arn.split(':')[4] ?? '', region: call.region };
}

/** The configuration of a function (API reference: "FunctionConfiguration"). */
function answered({ name, arn }: LiveResource, properties: JsonObject | undefined): InvokeAnswer {
  if (!properties) throw new LambdaError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
  const shown = Object.fromEntries(
    fields.filter((field) => field in properties).map((field) => [field, properties[field] ?? null]),
  );
  const numbers = Object.fromEntries(
    ['MemorySize', 'Timeout'].flatMap((field) => (field in shown ? [[field, Number(shown[field])]] : [])),
  ) as JsonObject;
  const body = defined({
    ...shown,
    ...numbers,
    FunctionName: name,
    FunctionArn: arn,
    Environment: 'Environment' in shown ? objectOf(shown['Environment']) : undefined,
    Version: '$LATEST',
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
  });
  return { status: 200, headers: {}, body: JSON.stringify(body) };
}

/** Errors in the form of Lambda. */
async function asLambda<Result>(action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    throw lambdaError(error);
  }
}

function asLambdaNow(action: () => void): void {
  try {
    action();
  } catch (error) {
    throw lambdaError(error);
  }
}

function lambdaError(error: unknown): unknown {
  if (!(error instanceof AwsJsonError)) return error;
  const { code, message, status } = error;
  return new LambdaError(code, message, code === 'AccessDeniedException' ? 403 : status);
}
