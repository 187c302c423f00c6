import { statesOf } from './cross-account-starts.ts';
import type { StateMachineResource } from './state-machines.ts';
import { objectOf, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';

/** A Distributed Map over the objects of a bucket. */
export interface DistributedMap {
  /** Name of the state. */
  readonly state: string;
  readonly sourceBucket: string;
  readonly resultsBucket: string;
  /** ARNs of the functions that its children invoke. */
  readonly functionArns: readonly string[];
}

/** The Distributed Maps of a state machine that list a bucket. */
export function distributedMapsOf({ definition, region }: StateMachineResource): readonly DistributedMap[] {
  const resource = `arn:${partitionOf(region)}:states:::s3:listObjectsV2`;
  return statesOf(definition).flatMap(([state, map]) => {
    const reader = objectOf(map['ItemReader']);
    if (textOf(reader['Resource']) !== resource) return [];
    return [
      {
        state,
        sourceBucket: textOf(objectOf(reader['Arguments'])['Bucket']),
        resultsBucket: textOf(objectOf(objectOf(map['ResultWriter'])['Arguments'])['Bucket']),
        functionArns: statesOf(objectOf(map['ItemProcessor']))
          .map(([, task]) => textOf(objectOf(task['Arguments'])['FunctionName']))
          .filter((arn) => arn !== ''),
      },
    ];
  });
}
