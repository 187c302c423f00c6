import { partitionOf } from '@crosswind/aws/partition';
import type { Resource, Stack } from './resolve.ts';
import { type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';

/** A Lambda function of the assembly and the bundle that it runs. */
export interface FunctionResource {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly account: string;
  readonly region: string;
  /** Directory that the code was bundled into. */
  readonly directory: string;
  /** `file.export`, for example `index.handler`. */
  readonly handler: string;
  readonly runtime: string;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  /** ARN of the log group, where the function names one. */
  readonly logGroupArn?: string;
  /** @default - text */
  readonly jsonLogs?: JsonLogs;
  readonly traced: boolean;
  /** Invocations at a time that the function has for itself, where it reserves any. */
  readonly reservedConcurrency?: number;
  /** @default 'x86_64' */
  readonly architecture?: string;
}

/** Levels of a function that logs as JSON (monitoring-cloudwatchlogs-advanced); what is below them is not written. */
export interface JsonLogs {
  readonly applicationLevel: string;
  readonly systemLevel: string;
}

/** The functions of a stack; defaults are Lambda's (AWS::Lambda::Function). */
export function functionsOf(stack: Stack): readonly FunctionResource[] {
  return stack.resources
    .filter(({ type }) => type === 'AWS::Lambda::Function')
    .map((resource) => toFunction(stack, resource));
}

/**
 * The function that a resource of the stack describes.
 * @param directory directory of its code, if not that of its bundle
 * @throws Error for code that is no asset of the assembly
 */
export function toFunction(stack: Stack, resource: Resource, directory = bundleOf(stack, resource)): FunctionResource {
  const { properties } = resource;
  const { LoggingConfig: logging, Environment: environment, TracingConfig: tracing } = properties;
  const { ReservedConcurrentExecutions: reserved, Architectures: architectures } = properties;
  const [architecture] = listOf(architectures);
  const logGroup = textOf(objectOf(logging)['LogGroup']) || undefined;
  const variables = objectOf(objectOf(environment)['Variables']);
  return {
    name: resource.name,
    arn: resource.arn ?? '',
    roleArn: textOf(properties['Role']),
    account: stack.account,
    region: stack.region,
    directory,
    handler: textOf(properties['Handler']),
    runtime: textOf(properties['Runtime']),
    memoryMegabytes: Number(properties['MemorySize'] ?? 128),
    timeoutSeconds: Number(properties['Timeout'] ?? 3),
    environment: Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, textOf(value)])),
    logGroupArn:
      logGroup && `arn:${partitionOf(stack.region)}:logs:${stack.region}:${stack.account}:log-group:${logGroup}:*`,
    ...(objectOf(logging)['LogFormat'] === 'JSON' && { jsonLogs: jsonLogsOf(objectOf(logging)) }),
    traced: objectOf(tracing)['Mode'] === 'Active',
    ...(reserved !== undefined && { reservedConcurrency: Number(reserved) }),
    ...(architecture !== undefined && { architecture: textOf(architecture) }),
  };
}

const jsonLogsOf = ({ ApplicationLogLevel: application, SystemLogLevel: system }: JsonObject): JsonLogs => ({
  applicationLevel: textOf(application ?? 'INFO'),
  systemLevel: textOf(system ?? 'INFO'),
});

/** The directory of a function's code, if that is an asset of the assembly. */
export const bundledCode = (stack: Stack, { properties }: Resource): string | undefined =>
  stack.assets.get(textOf(objectOf(properties['Code'])['S3Key']));

/** The code that the template itself holds. */
export function inlineCode({ properties }: Resource): string | undefined {
  const code = objectOf(properties['Code'])['ZipFile'];
  return typeof code === 'string' ? code : undefined;
}

function bundleOf(stack: Stack, resource: Resource): string {
  const directory = bundledCode(stack, resource);
  if (directory !== undefined) return directory;
  const code = JSON.stringify(objectOf(resource.properties['Code']));
  throw new Error(`${resource.path} runs code that is no asset of the assembly: ${code}`);
}
