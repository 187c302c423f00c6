import { describe, expect, test } from 'vitest';
import { type Quotas, defaultQuotas } from '../src/quotas.ts';

type Size = readonly [size: number, refillPerSecond: number];

const sizes = ({ actions, stateTransitions, startExecution, startExpressExecution }: Quotas) =>
  Object.fromEntries(
    Object.entries({ ...actions, stateTransitions, startExecution, startExpressExecution }).map(
      ([name, { size, refillPerSecond }]) => [name, [size, refillPerSecond]],
    ),
  );

/** By bucket: in us-east-1, us-west-2 and eu-west-1, and elsewhere (AWS: "Step Functions service quotas"). */
const BUCKETS: Readonly<Record<string, readonly [large: Size, other: Size]>> = {
  stateTransitions: [
    [5_000, 5_000],
    [800, 800],
  ],
  startExecution: [
    [1_300, 300],
    [800, 150],
  ],
  startExpressExecution: same(6_000, 6_000),
  CreateActivity: same(100, 1),
  DeleteActivity: same(100, 1),
  DescribeActivity: same(200, 1),
  DescribeExecution: [
    [300, 15],
    [250, 10],
  ],
  DescribeMapRun: same(200, 1),
  DescribeStateMachine: same(200, 20),
  DescribeStateMachineForExecution: same(200, 1),
  GetActivityTask: [
    [3_000, 500],
    [1_500, 300],
  ],
  GetExecutionHistory: same(400, 20),
  ListActivities: [
    [100, 10],
    [100, 5],
  ],
  ListExecutions: [
    [200, 5],
    [100, 2],
  ],
  ListMapRuns: same(100, 1),
  ListStateMachines: same(100, 5),
  RedriveExecution: [
    [1_300, 300],
    [800, 150],
  ],
  SendTaskFailure: [
    [3_000, 500],
    [1_500, 300],
  ],
  SendTaskHeartbeat: [
    [3_000, 500],
    [1_500, 300],
  ],
  SendTaskSuccess: [
    [3_000, 500],
    [1_500, 300],
  ],
  StopExecution: [
    [1_000, 200],
    [500, 25],
  ],
  UpdateMapRun: same(100, 1),
  ValidateStateMachineDefinition: same(100, 1),
};

function same(size: number, refillPerSecond: number): readonly [Size, Size] {
  return [
    [size, refillPerSecond],
    [size, refillPerSecond],
  ];
}

const column = (index: 0 | 1) =>
  Object.fromEntries(Object.entries(BUCKETS).map(([name, columns]) => [name, columns[index]]));

describe("AWS's defaults", () => {
  test.each(['us-east-1', 'us-west-2', 'eu-west-1'])('are large in %s', (region) => {
    expect(sizes(defaultQuotas(region))).toEqual(column(0));
  });

  test.each(['us-east-2', 'eu-central-1', 'cn-north-1'])('are smaller in %s', (region) => {
    expect(sizes(defaultQuotas(region))).toEqual(column(1));
  });

  test.each(['us-east-1', 'eu-central-1'])('are the same in %s for what runs at a time', (region) => {
    expect(defaultQuotas(region)).toMatchObject({
      openExecutions: 1_000_000,
      openMapRuns: 1_000,
      expressDispatchPerSecond: 1_000,
      standardDispatchPerSecond: 100,
      lambdaConcurrency: 1_000,
      lambdaScaling: { size: 1_000, refillPerSecond: 100 },
    });
  });
});
