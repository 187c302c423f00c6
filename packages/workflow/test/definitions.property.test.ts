import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AslCase } from '../src/cases/read-cases.ts';
import { type CaseReport, runCase } from '../src/cases/run-case.ts';
import { parseDefinition } from '../src/definition/parse-definition.ts';
import { isObject, type Json, type JsonObject } from '@crosswind/aws/json';
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
  return runCase(JSON.parse(JSON.stringify({ name: 'drawn', definition, input, mocks })) as AslCase);
}

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
    await fc.assert(
      fc.asyncProperty(damaged, inputs, async (definition, input) => {
        const parsed = parseDefinition(definition as object);
        if (!parsed.ok) {
          expect(parsed.problems.every((problem) => problem !== '')).toBe(true);
          return;
        }
        await run(definition as JsonObject, input);
      }),
    );
  });
});
