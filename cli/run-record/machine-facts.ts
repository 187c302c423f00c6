import type { JsonObject } from '@crosswind/aws/json';
import type { RecordedMachine } from './recorded-facts.ts';

/** Facts about an execution in a definition: the roles that its tasks assume, its functions, its timeout. */
export function machineFacts({
  arn,
  roleArn,
  definition,
}: {
  readonly arn: string;
  readonly roleArn: string;
  /** Amazon States Language. */
  readonly definition: JsonObject;
}): RecordedMachine {
  const text = JSON.stringify(definition);
  const all = (pattern: RegExp): string[] => [...new Set([...text.matchAll(pattern)].map(([, found = '']) => found))];
  const timeout = definition['TimeoutSeconds'];
  return {
    arn,
    roleArn,
    taskRoles: all(/"Credentials":\{"RoleArn":"(arn:[^"]+)"/g),
    functions: all(/"(arn:[^:"]+:lambda:[^:"]+:\d+:function:[\w-]+)/g),
    timeoutSeconds: typeof timeout === 'number' ? timeout : null,
  };
}
