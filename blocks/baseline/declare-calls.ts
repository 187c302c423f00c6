import { CfnResource } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { type DeclaredCalls, declaredCallsKey } from '@crosswind/aws/declared-calls';

/**
 * States calls of the code that runs with the role of a resource, in the metadata of its template. `crosswind reach` decides
 * each of them, and names permissions that no call needs.
 */
export function declareCalls(construct: IConstruct, calls: readonly DeclaredCalls[]): void {
  const resource = construct.node.defaultChild ?? construct;
  if (!(resource instanceof CfnResource)) {
    throw new Error(`${construct.node.path} is no resource of CloudFormation: expected a function or a role`);
  }
  const known = (resource.getMetadata(declaredCallsKey) as readonly DeclaredCalls[] | undefined) ?? [];
  resource.addMetadata(declaredCallsKey, [...known, ...calls]);
}
