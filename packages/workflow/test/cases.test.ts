import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Json } from '@crosswind/aws/json';
import { simulate } from './simulate.ts';
import type { Simulation, World } from './simulate.ts';

/** A definition, what the world answers, and what comes of it; everything that is expected is optional. */
interface Case extends World {
  readonly definition: object;
  readonly input?: Json;
  /** @default SUCCEEDED */
  readonly status?: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'RUNNING';
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly events?: string;
  readonly seconds?: number;
  readonly together?: number;
}

const folder = new URL('cases/', import.meta.url);

for (const file of readdirSync(folder)) {
  const cases = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Record<string, Case>;
  describe(file.replace('.json', ''), () => {
    test.each(Object.entries(cases))('%s', async (_, each) => {
      const QueryLanguage = file.startsWith('jsonpath-') ? 'JSONPath' : 'JSONata';
      const simulation = await simulate({ QueryLanguage, ...each.definition }, each.input ?? {}, each);
      const { status = 'SUCCEEDED', output, error, cause, events, seconds, together } = each;
      expect(told(simulation)).toMatchObject(
        withoutUndefined({ status, output, error, cause, events, seconds, together }),
      );
    });
  });
}

const told = ({ outcome, events, seconds, together }: Simulation): object => ({
  ...(outcome ?? { status: 'RUNNING' }),
  events: events.map(({ type }) => type).join(' '),
  seconds,
  together,
});

const withoutUndefined = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
