import { partitionOf } from '@crosswind/aws/partition';
import type { RolePrincipal } from '../../iam/sessions.ts';
import { LambdaError } from './lambda-error.ts';

/** A function as a request names it. */
export interface NamedFunction {
  /** Without a qualifier. */
  readonly functionArn: string;
  /** Version or alias, where the request names one. */
  readonly qualifier: string | undefined;
  /** ARN with the qualifier, for which permission is asked. */
  readonly resource: string;
}

/** Names, partial ARNs and ARNs (AWS Lambda API: "Invoke", FunctionName). */
const NAME = /^(?:(?:arn:[\w-]+:lambda:([a-z0-9-]+):)?(\d{12}):(?:function:)?)?([\w-]{1,64})(?::(\$LATEST|[\w-]+))?$/;

/** The function that a name means to somebody who asks in a region. */
export function functionNamed(
  name: string,
  qualifier: string | undefined,
  { principal, region }: { readonly principal: RolePrincipal; readonly region: string },
): NamedFunction {
  const [, place = region, account = principal.account, functionName, suffix] = NAME.exec(name) ?? [];
  if (functionName === undefined) {
    const constraint = 'Member must be the name of a function, a partial ARN, or an ARN';
    const message = `1 validation error detected: Value '${name}' at 'functionName' failed to satisfy constraint: ${constraint}`;
    throw new LambdaError('ValidationException', message, 400);
  }
  if (place !== region) {
    const message = `Functions from '${place}' are not reachable in this region ('${region}')`;
    throw new LambdaError('ResourceNotFoundException', message, 404);
  }
  if (suffix !== undefined && qualifier !== undefined && suffix !== qualifier) {
    const message = 'The derived qualifier from the function name does not match the specified qualifier.';
    throw new LambdaError('InvalidParameterValueException', message, 400);
  }
  const functionArn = `arn:${partitionOf(region)}:lambda:${region}:${account}:function:${functionName}`;
  const asked = qualifier ?? suffix;
  return { functionArn, qualifier: asked, resource: asked === undefined ? functionArn : `${functionArn}:${asked}` };
}
