import type { Template } from '@crosswind/assembly/template';
import type { Json } from '@crosswind/aws/json';

/** Input of an operation: all that a stack is made of. */
export interface StackInput {
  /** As it was sent. */
  readonly templateBody: string;
  readonly template: Template;
  /** Values that the request gives, and those that it keeps. */
  readonly parameters: ReadonlyMap<string, Json>;
  /** Values of parameters that are names of SSM parameters, by the parameter. */
  readonly resolvedParameters: ReadonlyMap<string, Json>;
  readonly tags: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
}
