import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AslCase } from '../src/cases/read-cases.ts';
import { type CaseReport, runCase } from '../src/cases/run-case.ts';
import { parseDefinition } from '../src/definition/parse-definition.ts';
import { isArray, isObject, type Json, type JsonObject } from '@crosswind/aws/json';
import { answers, damaged, definitions } from './arbitraries.ts';

const { seed } = fc.readConfigureGlobal();

const inputs = fc.constantFrom<Json>({}, { a: 1, b: [{ a: 2 }, 3] }, [1, 2], 'wind', null);

/** Runs a definition with mocks for every task, so that no case is refused for want of one. */
function run(definition: JsonObject, input: Json, some: Readonly<Record<string, Json>> = {}): Promise<CaseReport> {
  const mocks: Record<string, Json> = {};
  JSON.stringify(definition, (name, value: Json) => {
    if (isObject(value) && value['Type'] === 'Task') mocks[name] = some[name] ?? [{ output: { a: 3, b: [1, 2] } }];
    return value;
  });
  return runCase(JSON.parse(JSON.stringify({ name: 'drawn', type: 'STANDARD', definition, input, mocks })) as AslCase);
}

/** Paths of a value and of all that it holds, as problems write them. */
function placesIn(value: Json, path = ''): readonly string[] {
  if (isArray(value)) return [path, ...value.flatMap((each, index) => placesIn(each, `${path}[${index}]`))];
  if (!isObject(value)) return [path];
  const within = (key: string) => (path === '' ? key : `${path}.${key}`);
  return [path, ...Object.entries(value).flatMap(([key, each]) => placesIn(each, within(key)))];
}

/** True if the problem begins with one of the places, or with a field that is missing there, and says something. */
const isAt = (problem: string, places: readonly string[]): boolean =>
  places.some((place) => problem.startsWith(place) && /^(\.?[A-Z]\w*)?: \S/.test(problem.slice(place.length)));

describe(`definitions (seed ${seed})`, () => {
  test('run to an end or are refused by name, and tell a whole history, the same each time', async () => {
    let drawn = 0;
    let ran = 0;
    await fc.assert(
      fc.asyncProperty(definitions, inputs, answers, async (definition, input, some) => {
        drawn += 1;
        const report = await run(definition, input, some);
        expect(await run(definition, input, some)).toEqual(report);
        if (report.status === 'REFUSED') {
          expect(report.cause).not.toBe('');
          expect(report.cause).not.toContain('the case cannot be run');
          return;
        }
        ran += 1;
        const { events } = report;
        expect(events.map(({ id }) => id)).toEqual(events.map((_, at) => at + 1));
        expect(events.every(({ id, previousEventId }) => previousEventId < id)).toBe(true);
        expect(events[0]?.type).toBe('ExecutionStarted');
        const last = { SUCCEEDED: 'Succeeded', FAILED: 'Failed', TIMED_OUT: 'TimedOut', ABORTED: 'Aborted' };
        expect(events.at(-1)?.type).toBe(`Execution${last[report.status]}`);
        expect(events.every(({ timestamp }, at) => timestamp >= (events[at - 1]?.timestamp ?? 0))).toBe(true);
      }),
    );
    expect(ran / drawn).toBeGreaterThan(0.4);
  });

  test('with anything in any place of them are read or refused with the place', async () => {
    let drawn = 0;
    let ran = 0;
    await fc.assert(
      fc.asyncProperty(damaged, inputs, async (definition, input) => {
        drawn += 1;
        const parsed = parseDefinition(JSON.stringify(definition));
        if (!parsed.ok) {
          expect(parsed.problems).not.toEqual([]);
          const places = placesIn(definition);
          expect(parsed.problems.filter((problem) => !isAt(problem, places))).toEqual([]);
          return;
        }
        ran += 1;
        await run(definition as JsonObject, input);
      }),
    );
    expect(ran / drawn).toBeGreaterThan(0.02);
    expect(ran).toBeLessThan(drawn);
  });
});
