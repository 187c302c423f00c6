import { describe, expect, test } from 'vitest';
import { parsePlatform } from '../../config/parse.ts';
import { formatProblem } from '../../config/problem.ts';
import { contracts } from '../workloads.ts';
import { platformText } from './platform-text.ts';

const connection = 'arn:aws:codeconnections:eu-west-1:111111111111:connection/1';

/** Problems of the platform with pieces of its text replaced. */
function problems(...replacements: readonly (readonly [piece: string, replacement: string])[]): readonly string[] {
  const text = replacements.reduce((before, [piece, replacement]) => before.replace(piece, replacement), platformText);
  const parsed = parsePlatform(text, contracts);
  return parsed.ok ? [] : parsed.problems.map((problem) => formatProblem('platform.yaml', problem));
}

describe('a region is one that AWS has:', () => {
  test.each([
    ['us-est-1', 'did you mean "us-east-1"?'],
    ['eu-central', 'did you mean "eu-central-1"?'],
    ['EU-WEST-1', 'did you mean "eu-west-1"?'],
    ['moon', 'write one such as us-east-1'],
  ])('%s is refused', (region, fix) => {
    const problem = `platform.yaml:4:9 region is none of the choices (got ${region}; expected an AWS region; ${fix})`;
    expect(problems(['region: eu-west-1', `region: ${region}`])).toEqual([problem]);
  });

  test.each([
    ['us-east-1', 'aws'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['cn-north-1', 'aws-cn'],
  ])('%s is accepted', (region, partition) => {
    const arn = `arn:${partition}:codeconnections:${region}:111111111111:connection/1`;
    expect(problems(['region: eu-west-1', `region: ${region}`], [connection, arn])).toEqual([]);
  });
});

test('an account in another partition is refused', () => {
  expect(problems(["id: '033333333333'", "id: '033333333333'\n    region: cn-north-1"])).toContain(
    'platform.yaml:27:13 the region of "child-dev" is in the partition aws-cn, and the platform is in aws (got cn-north-1; expected a region of aws; choose one, or give aws-cn a platform of its own)',
  );
});

test('accounts in another region of the partition are accepted', () => {
  const moved = ["id: '044444444444'", "id: '055555555555'"].map((id) => [id, `${id}\n    region: us-east-1`] as const);
  expect(problems(...moved)).toEqual([]);
});

describe('the connection belongs to the pipeline:', () => {
  test.each([
    [
      'in another partition',
      'arn:aws-cn:codeconnections:cn-north-1:111111111111:connection/1',
      'the connection is in the partition aws-cn, and the platform is in aws (got cn-north-1; expected a region of aws; create a connection there)',
    ],
    [
      'whose partition is not that of its region',
      'arn:aws:codeconnections:cn-north-1:111111111111:connection/1',
      "the connection's ARN contradicts itself: cn-north-1 is in the partition aws-cn (got aws; expected aws-cn; copy the ARN from the AWS console)",
    ],
    [
      'in no region',
      'arn:aws:codeconnections:eu-wst-1:111111111111:connection/1',
      'the connection is in no region that AWS has (got eu-wst-1; expected an AWS region; did you mean "eu-west-1"?)',
    ],
    [
      'of another account that cannot share it',
      'arn:aws:codestar-connections:eu-west-1:999999999999:connection/1',
      'the connection is of another account than the pipeline, which only codeconnections can share (got 999999999999; expected 111111111111, the account of the pipeline; create a connection there)',
    ],
    [
      'without an id',
      'arn:aws:codeconnections:eu-west-1:111111111111',
      'pipeline.connection has the wrong form (got arn:aws:codeconnections:eu-west-1:111111111111; expected the ARN of a CodeConnections connection; copy it from the AWS console)',
    ],
  ])('one %s is refused', (_, arn, problem) => {
    expect(problems([connection, arn])).toEqual([`platform.yaml:8:15 ${problem}`]);
  });

  test.each([
    [
      'of another region, because connections are global',
      'arn:aws:codeconnections:us-east-1:111111111111:connection/1',
    ],
    ['of another account, because it can be shared', 'arn:aws:codeconnections:eu-west-1:999999999999:connection/1'],
    ['of the older service', 'arn:aws:codestar-connections:eu-west-1:111111111111:connection/1'],
  ])('one %s is accepted', (_, arn) => {
    expect(problems([connection, arn])).toEqual([]);
  });
});
