import { textOf } from '@crosswind/aws/json';
import { evaluate, holds, type Scope } from './intrinsics.ts';
import type { AssembledStack } from './read-assembly.ts';
import { resolveStack, type Stack, withoutUnknownPolicies } from './resolve-stack.ts';
import { scopeOf, type Surroundings } from './scope.ts';

/** Everything of a deployment that is known before its first resource is created. */
export interface Deployment extends Required<Omit<Surroundings, 'importValue' | 'stackId'>> {
  /** The value of an export of the same account and region. */
  readonly importValue: Scope['importValue'];
  /** @default - one that says that it is simulated */
  readonly stackId?: string;
}

/** An output of a stack, resolved; attributes that custom resources answer are still placeholders in it. */
export interface Output {
  readonly name: string;
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
}

/** A stack as a deployment wants it to be. */
export interface DesiredStack {
  readonly stack: Stack;
  readonly outputs: readonly Output[];
  readonly problems: readonly string[];
}

/** One stack with its resources and outputs, resolved as CloudFormation does it when it deploys the stack. */
export function resolveForDeployment(assembled: AssembledStack, deployment: Deployment): DesiredStack {
  const problems: string[] = [];
  const opaqueRefs = new Map<string, string>();
  const scope = scopeOf(assembled, deployment, problems, opaqueRefs);
  const { resources, ...stack } = resolveStack(assembled, scope, true);
  const outputs = outputsOf(assembled, scope);
  const known = resources.map((resource) => withoutUnknownPolicies(resource, opaqueRefs));
  return { stack: { ...stack, resources: known }, outputs, problems: [...new Set(problems)] };
}

/** The outputs of one stack alone, resolved as CloudFormation does it. */
export const outputsForDeployment = (assembled: AssembledStack, deployment: Deployment): readonly Output[] =>
  outputsOf(assembled, scopeOf(assembled, deployment, [], new Map()));

const outputsOf = ({ template }: AssembledStack, scope: Scope): readonly Output[] =>
  Object.entries(template.Outputs ?? {}).flatMap(([name, { Value, Description, Export, Condition }]) => {
    if (Condition !== undefined && holds({ Condition }, scope, `Outputs.${name}`) === false) return [];
    const value = textOf(evaluate(Value, scope, `Outputs.${name}.Value`));
    const exportName = Export && textOf(evaluate(Export.Name, scope, `Outputs.${name}.Export.Name`));
    return [{ name, value, description: Description, exportName }];
  });
