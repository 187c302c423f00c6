import { type JsonObject, objectOf } from '@crosswind/aws/json';
import { describe, expect, test } from 'vitest';
import { stateChanges } from '../../../../cli/plan/runs/state-changes.ts';

const retry = (error: string, MaxAttempts: number) => ({ ErrorEquals: [error], MaxAttempts });

const definition = {
  StartAt: 'Check',
  States: {
    Check: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'All' }], Default: 'Stop' },
    All: {
      Type: 'Map',
      MaxConcurrency: 1_000,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'One',
        States: { One: { Type: 'Task', TimeoutSeconds: 300, Retry: [retry('A', 1), retry('B', 2)], End: true } },
      },
      Next: 'Both',
    },
    Both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'Left', States: { Left: { Type: 'Pass', End: true } } },
        { StartAt: 'Right', States: { Right: { Type: 'Wait', Seconds: 1, End: true } } },
      ],
      End: true,
    },
    Stop: { Type: 'Fail', Error: 'Stopped' },
  },
};

const before: JsonObject = JSON.parse(JSON.stringify(definition)) as JsonObject;

/** The definition with text replaced. */
const changed = (...replacements: readonly (readonly [from: string, to: string])[]): JsonObject => {
  let text = JSON.stringify(before);
  for (const [from, to] of replacements) {
    expect(text).toContain(from);
    text = text.replaceAll(from, to);
  }
  return JSON.parse(text) as JsonObject;
};

const inWords = (after: JsonObject): readonly string[] =>
  stateChanges(before, after).states.map(({ kind, path, formerName, fields }) => {
    const values = fields.map((field) => {
      const [old, young] = [field.before, field.after].map((value) =>
        value === undefined ? 'none' : JSON.stringify(value),
      );
      return `${field.path} ${String(old)} -> ${String(young)}`;
    });
    return [`${kind} ${path.join(' / ')}`, ...(formerName === undefined ? [] : [`was ${formerName}`]), ...values].join(
      ', ',
    );
  });

describe('changes of states', () => {
  test.each<[what: string, after: JsonObject, words: readonly string[]]>([
    ['nothing', before, []],
    [
      'another order of states',
      { ...before, States: Object.fromEntries(Object.entries(objectOf(before['States'])).reverse()) },
      [],
    ],
    [
      'a lower concurrency',
      changed(['"MaxConcurrency":1000', '"MaxConcurrency":100']),
      ['changed All, MaxConcurrency 1000 -> 100'],
    ],
    [
      'a timeout that is gone, inside of a Map',
      changed(['"TimeoutSeconds":300,', '']),
      ['changed All / One, TimeoutSeconds 300 -> none'],
    ],
    [
      'one attempt more',
      changed(['{"ErrorEquals":["B"],"MaxAttempts":2}', '{"ErrorEquals":["B"],"MaxAttempts":3}']),
      ['changed All / One, Retry[B].MaxAttempts 2 -> 3'],
    ],
    [
      'one retrier less',
      changed([',{"ErrorEquals":["B"],"MaxAttempts":2}', '']),
      ['changed All / One, Retry[B] {"ErrorEquals":["B"],"MaxAttempts":2} -> none'],
    ],
    [
      'retriers in another order, of which the first applies',
      changed(['["A"]', '["x"]'], ['["B"]', '["A"]'], ['["x"]', '["B"]'], ['"MaxAttempts":1}', '"MaxAttempts":9}']),
      [expect.stringMatching(/^changed All \/ One, Retry\[0\]\.ErrorEquals\[0\] "A" -> "B", /) as string],
    ],
    [
      'a Distributed Map instead of an inline one',
      changed(['"INLINE"', '"DISTRIBUTED"']),
      ['changed All, ItemProcessor.ProcessorConfig.Mode "INLINE" -> "DISTRIBUTED"'],
    ],
    [
      'another duration in a branch',
      changed(['"Seconds":1,', '"Seconds":2,']),
      ['changed Both / Right, Seconds 1 -> 2'],
    ],
    [
      'another name, which transitions follow',
      changed(['"Both"', '"Side by side"']),
      ['renamed Side by side, was Both'],
    ],
    [
      'another name of the state that a processor starts at',
      changed(['"One"', '"Single"']),
      ['renamed All / Single, was One'],
    ],
    [
      'another name and another field: another state',
      changed(['"Stop"', '"Halt"'], ['"Stopped"', '"Halted"']),
      ['changed Check, Default "Stop" -> "Halt"', 'added Halt', 'removed Stop'],
    ],
    [
      'two names at once, one state after the other',
      changed(['"All"', '"Every"'], ['"Both"', '"Pair"']),
      ['renamed Every, was All', 'renamed Pair, was Both'],
    ],
    [
      'another transition',
      changed(['"Next":"All"', '"Next":"Both"']),
      ['changed Check, Choices[0].Next "All" -> "Both"'],
    ],
    [
      'a branch more',
      changed([
        ',{"StartAt":"Right"',
        ',{"StartAt":"Up","States":{"Up":{"Type":"Pass","End":true}}},{"StartAt":"Right"',
      ]),
      [expect.stringMatching(/^changed Both, Branches /) as string, 'added Both / Up'],
    ],
  ])('%s', (_, after, words) => {
    expect(inWords(after)).toEqual(words);
  });

  test('a state of the same name elsewhere is another state', () => {
    const One = { Type: 'Pass', End: true };
    const after = { ...before, States: { ...objectOf(before['States']), One } };
    expect(inWords(after)).toEqual(['added One']);
  });
});
