import { uuid } from '../chance.ts';
import { placeOf } from '../execution/identity.ts';
import type { ChildIdentity } from './protocol.ts';
import type { MapRunSpec } from './spec.ts';

/** Name and ARN of a child execution, which follow from the Map Run and the child's place in it. */
export function childIdentity({ mapRunArn, executionType }: MapRunSpec, index: number): ChildIdentity {
  const name = uuid(`${mapRunArn}/child/${index}`);
  const machine = `${prefixOf(mapRunArn, executionType === 'EXPRESS' ? 'express' : 'execution')}:${name}`;
  const executionArn = executionType === 'EXPRESS' ? `${machine}:${uuid(`${mapRunArn}/express/${index}`)}` : machine;
  return { name, executionArn };
}

/** `arn:…:stateMachine:machine/label`: what children name as their state machine. */
export const labelledMachineArn = ({ mapRunArn }: MapRunSpec): string => prefixOf(mapRunArn, 'stateMachine');

function prefixOf(mapRunArn: string, kind: string): string {
  const { partition, region, account } = placeOf(mapRunArn);
  return `arn:${partition}:states:${region}:${account}:${kind}:${mapRunArn.split(':').at(-2) ?? ''}`;
}
