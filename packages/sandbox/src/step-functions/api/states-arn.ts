import { statesError } from './states-error.ts';

/** Kinds of resources in an ARN of Step Functions. */
export type ArnKind = 'activity' | 'stateMachine' | 'execution' | 'express' | 'mapRun';

/** Refuses what is no ARN of Step Functions, and ARNs of a kind that the operation does not take. */
export function checkArn(arn: string, kinds: readonly ArnKind[]): void {
  const [prefix, partition, service, region, account, kind = '', ...names] = arn.split(':');
  if (prefix !== 'arn') throw invalid(`Invalid ARN prefix: ${arn}`);
  const complete = names.length > 0 && [partition, region, account, ...names].every(Boolean);
  if (service !== 'states' || !complete) throw invalid(`Invalid ARN: ${arn}`);
  if (!kinds.some((known) => known === kind)) throw invalid(`Resource type not valid in this context: ${kind}`);
}

const invalid = (why: string): Error => statesError('InvalidArn', `Invalid Arn: '${why}'`);
