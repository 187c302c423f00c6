import { describe, expect, test } from 'vitest';
import type { ExecutionsPort, SeenExecution } from '../../../../blocks/observability/probe/executions-port.ts';
import type { WatchedWorkflow } from '../../../../blocks/observability/probe/probe-input.ts';
import { probeRound } from '../../../../blocks/observability/probe/probe-round.ts';

const now = Date.UTC(2026, 10, 29, 12);
const minutes = (count: number): number => now - count * 60_000;
const parentArn = 'arn:aws:states:us-east-1:333333333333:stateMachine:crosswind-orders-parent';
const childArn = 'arn:aws:states:us-east-1:444444444444:stateMachine:crosswind-orders-child';

/** An execution that began and ended so many minutes ago. */
const execution = (machine: string, name: string, begun: number, ended?: number): SeenExecution => ({
  ...{ arn: `${machine.replace(':stateMachine:', ':execution:')}:${name}`, name, startedAt: minutes(begun) },
  ...(ended !== undefined && { stoppedAt: minutes(ended) }),
});
const parent = (name: string, begun: number) => execution(parentArn, name, begun);
const child = (name: string, begun: number, ended?: number) => execution(childArn, name, begun, ended);

interface World {
  readonly parents?: readonly SeenExecution[];
  readonly children?: readonly SeenExecution[];
  /** @default 1,000 */
  readonly pageSize?: number;
  readonly timeoutSeconds?: number;
  readonly refuses?: (call: string) => Error | undefined;
  readonly workflow?: Partial<WatchedWorkflow>;
  readonly at?: number;
}

/** A round over one tenant, and the calls that it took. */
async function round({ parents = [], children = [], pageSize = 1_000, timeoutSeconds = 5_400, ...world }: World) {
  const calls: string[] = [];
  const call = <Answer>(name: string, answer: Answer): Promise<Answer> => {
    calls.push(name);
    const refused = world.refuses?.(name);
    return refused ? Promise.reject(refused) : Promise.resolve(answer);
  };
  const page = (all: readonly SeenExecution[], from = '0') => {
    const newest = all.toSorted((one, other) => other.startedAt - one.startedAt);
    const next = Number(from) + pageSize;
    return {
      executions: newest.slice(Number(from), next),
      ...(next < all.length && { next: String(next) }),
    };
  };
  const port = (of: readonly SeenExecution[], place: string): ExecutionsPort => ({
    running: (_, from) =>
      call(
        `${place} running`,
        page(
          of.filter(({ stoppedAt }) => stoppedAt === undefined),
          from,
        ),
      ),
    newest: () => call(`${place} newest`, page(of)),
    describe: (arn) =>
      call(
        `${place} describe`,
        of.find((each) => each.arn === arn),
      ),
    timeoutSeconds: () => call(`${place} timeout`, timeoutSeconds),
  });
  const workflow = {
    ...{ tenant: 'orders', stateMachineArn: parentArn, runsOnMinutes: 10 },
    starts: [
      {
        stateMachineArn: childArn,
        roleArn: 'arn:aws:iam::444444444444:role/crosswind-orders-probe',
        mayBeAbsent: false,
      },
    ],
    ...world.workflow,
  };
  const [result] = await probeRound(
    { at: world.at ?? now, workflows: [workflow] },
    { own: port(parents, 'own'), as: () => port(children, 'child') },
  );
  return { calls, names: result?.stuck.map((arn) => arn.split(':').at(-1)), ...result };
}

describe('a parent is stuck', () => {
  test.each<[string, World, readonly string[]]>([
    ['when its child ended eleven minutes ago', { parents: [parent('a', 30)], children: [child('a', 29, 11)] }, ['a']],
    ['not when the child ended nine minutes ago', { parents: [parent('a', 30)], children: [child('a', 29, 9)] }, []],
    ['not when the child runs', { parents: [parent('a', 300)], children: [child('a', 299)] }, []],
    ['not when it has started none', { parents: [parent('a', 300)], children: [child('b', 299, 200)] }, []],
    [
      'not when another one of its children runs',
      { parents: [parent('a', 60)], children: [child('a-1', 50, 40), child('a-2', 30)] },
      [],
    ],
    [
      'when all that it started with suffixes has ended',
      { parents: [parent('a', 60)], children: [child('a-1', 50, 40), child('a-2', 30, 20)] },
      ['a'],
    ],
    [
      'not when a redrive has begun a new child',
      { parents: [parent('a', 60)], children: [child('a', 50, 40), child('a-redrive-1', 30)] },
      [],
    ],
    [
      'by its own child, though that of a parent with a longer name runs',
      { parents: [parent('a', 60), parent('a-b', 60)], children: [child('a', 50, 40), child('a-b', 50)] },
      ['a'],
    ],
    [
      'not while it may run on, as its contract says',
      { parents: [parent('a', 60)], children: [child('a', 50, 40)], workflow: { runsOnMinutes: 45 } },
      [],
    ],
    [
      'and others are not',
      { parents: [parent('a', 60), parent('b', 60)], children: [child('a', 50, 40), child('b', 50)] },
      ['a'],
    ],
  ])('%s', async (_, world, stuck) => {
    expect((await round(world)).names).toEqual(stuck);
  });

  test('when the child is too old to be listed, which is described then', async () => {
    const children = [child('old', 500, 400), ...Array.from({ length: 5 }, (_, index) => child(`new-${index}`, 5))];
    const found = await round({ parents: [parent('old', 501)], children, pageSize: 5 });
    expect(found.names).toEqual(['old']);
    expect(found.calls).toEqual(['own running', 'own timeout', 'child newest', 'child describe']);
  });

  test('among many old ones, ten of which are described in each round', async () => {
    const parents = Array.from({ length: 25 }, (_, index) => parent(`p${index}`, 1_000 - index));
    const children = [...Array.from({ length: 5 }, (_, index) => child(`new-${index}`, 5)), child('p24', 900, 800)];
    const rounds = await Promise.all(
      [0, 5, 10].map((later) => round({ parents, children, pageSize: 5, at: now + later * 60_000 })),
    );
    const describes = rounds.map(({ calls }) => calls.filter((call) => call === 'child describe').length);
    expect(Math.max(...describes)).toBeLessThanOrEqual(10);
    expect(rounds.flatMap(({ names = [] }) => names)).toEqual(['p24']);
  });

  test('three among a thousand, in two calls of lists and no description', async () => {
    const parents = Array.from({ length: 1_000 }, (_, index) => parent(`p${index}`, 40));
    const children = parents.map(({ name }, index) => child(name, 39, index % 400 === 7 ? 30 : undefined));
    const found = await round({ parents, children });
    expect(found.names).toEqual(['p7', 'p407', 'p807']);
    expect(found.calls).toEqual(['own running', 'own timeout', 'child newest']);
  });
});

describe('a round', () => {
  test('is one call while nothing runs', async () => {
    expect(await round({})).toMatchObject({ calls: ['own running'], stuck: [], incomplete: [] });
  });

  test('asks no other account while nothing is older than ten minutes', async () => {
    expect((await round({ parents: [parent('a', 9)] })).calls).toEqual(['own running']);
  });

  test('says how much of its timeout the oldest execution has taken', async () => {
    const parents = [parent('a', 45), parent('b', 20)];
    expect((await round({ parents, timeoutSeconds: 5_400 })).oldestShare).toBeCloseTo(50);
    expect((await round({ parents: [parent('a', 9)] })).oldestShare).toBeUndefined();
  });

  test('reads at most twenty pages, and says so', async () => {
    const parents = Array.from({ length: 25 }, (_, index) => parent(`p${index}`, 5));
    const found = await round({ parents, pageSize: 1 });
    expect(found.calls).toHaveLength(20);
    expect(found.incomplete).toEqual([`${parentArn}: only the newest 20 running executions were looked at`]);
  });

  test.each([
    ['own running', 'running executions of'],
    ['own timeout', 'timeout of'],
    ['child newest', 'what '],
  ])('that is refused %s is incomplete, and finds nobody stuck by that', async (refused, place) => {
    const throttled = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
    const found = await round({
      ...{ parents: [parent('a', 30)], children: [child('a', 29, 11)] },
      refuses: (call) => (call === refused ? throttled : undefined),
    });
    expect(found.incomplete).toEqual([expect.stringContaining(place)]);
    expect(found.incomplete?.[0]).toContain('ThrottlingException: Rate exceeded');
    expect(found.names).toEqual(refused === 'own timeout' ? ['a'] : []);
  });

  test('passes over a frozen account, which may not have the role yet', async () => {
    const starts = [{ stateMachineArn: childArn, roleArn: 'arn:aws:iam::444444444444:role/x', mayBeAbsent: true }];
    const found = await round({
      ...{ parents: [parent('a', 30)], workflow: { starts } },
      refuses: (call) => (call === 'child newest' ? new Error('not authorized') : undefined),
    });
    expect(found).toMatchObject({ stuck: [], incomplete: [] });
  });
});
