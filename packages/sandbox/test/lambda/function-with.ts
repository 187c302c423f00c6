import type { FunctionResource } from '@crosswind/assembly/functions';
import { bundle } from '../../src/testing/literals.ts';

/** A function `tried` with the code of its one module. */
export const functionWith = (code: string, rest: Partial<FunctionResource> = {}): FunctionResource => {
  const name = rest.name ?? 'tried';
  return {
    name,
    arn: `arn:aws:lambda:us-east-1:444444444444:function:${name}`,
    roleArn: 'arn:aws:iam::444444444444:role/function',
    account: '444444444444',
    region: 'us-east-1',
    directory: bundle(code),
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    memoryMegabytes: 128,
    timeoutSeconds: 5,
    environment: {},
    traced: false,
    ...rest,
  };
};
