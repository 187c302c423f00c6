import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineContract, stagesFromEntry } from '../../blocks/contract.ts';

const settings = z.strictObject({});
const stage = (name: string, ...starts: string[]) => ({ name, description: `Runs the ${name}.`, starts });

describe('a contract', () => {
  test('keeps its stages in the order in which they are deployed', () => {
    const contract = defineContract({
      settings,
      stages: [stage('last'), stage('middle', 'last'), stage('front', 'middle')],
      entry: 'front',
    });
    expect(contract.stages.map(({ name }) => name)).toEqual(['last', 'middle', 'front']);
    expect(stagesFromEntry(contract).map(({ name }) => name)).toEqual(['front', 'middle', 'last']);
  });

  test.each<[what: string, settings: z.ZodObject, message: string]>([
    [
      'a transform',
      z.strictObject({ words: z.string().transform((text) => text.split(',')) }),
      'settings must be values that YAML holds, without transforms',
    ],
    [
      'a transform to another type',
      z.strictObject({ words: z.string().transform(Number).pipe(z.number()) }),
      'a value is read as another type than it is parsed to',
    ],
    ['settings that may be misspelled', z.object({ words: z.int() }), 'settings must be a z.strictObject'],
  ])('is refused with %s', (_, given, message) => {
    expect(() => defineContract({ settings: given, stages: [stage('only')], entry: 'only' })).toThrow(message);
  });

  test.each<[what: string, setting: string, type: z.ZodType, accepted: boolean]>([
    ['a whole number from 1', 'atOnce', z.int().min(1), true],
    ['a number with a fraction', 'atOnce', z.number(), false],
    ['a whole number from 2, because the share of a stage may be 1', 'atOnce', z.int().min(2), false],
    ['a text', 'atOnce', z.string(), false],
    ['a setting that is not there', 'atonce', z.int(), false],
  ])('bounds concurrency by %s: %s', (_, concurrencySetting, type, accepted) => {
    const bounded: z.ZodObject = z.strictObject({ atOnce: type });
    const stages = [{ ...stage('only'), concurrencySetting }];
    const define = () => defineContract({ settings: bounded, stages, entry: 'only' });
    if (accepted) expect(define().stages[0]?.concurrencySetting).toBe('atOnce');
    else {
      expect(define).toThrow(
        `concurrencySetting of the stage "only" must be a setting that is a whole number from 1, got "${concurrencySetting}"`,
      );
    }
  });

  test('may have one stage', () => {
    expect(stagesFromEntry(defineContract({ settings, stages: [stage('only')], entry: 'only' }))).toHaveLength(1);
  });

  test('names the entry first, wherever it is deployed', () => {
    const contract = defineContract({ settings, stages: [stage('front'), stage('store')], entry: 'front' });
    expect(stagesFromEntry(contract).map(({ name }) => name)).toEqual(['front', 'store']);
  });

  test.each([
    [
      'a name with a capital',
      [stage('Front')],
      'Front',
      'a stage is called by 1 to 12 lower-case letters, got "Front"',
    ],
    [
      'a name of 13 letters',
      [stage('a'.repeat(13))],
      'a'.repeat(13),
      '1 to 12 lower-case letters, got "aaaaaaaaaaaaa"',
    ],
    ['a name with a hyphen', [stage('a-b')], 'a-b', '1 to 12 lower-case letters, got "a-b"'],
    ['a key of the file', [stage('settings')], 'settings', 'a stage cannot be called "settings"'],
    ['another key of the file', [stage('schedule')], 'schedule', 'a stage cannot be called "schedule"'],
    ['the name of a role', [stage('runner')], 'runner', 'a stage cannot be called "runner"'],
    ['the name of another role', [stage('target')], 'target', 'the platform uses that name'],
    ['a stage twice', [stage('one'), stage('one')], 'one', 'the stage "one" is in the list twice'],
    [
      'a caller before what it starts',
      [stage('front', 'back'), stage('back')],
      'front',
      'stage "front" starts "back", which must come before it in the list',
    ],
    [
      'a stage that starts itself',
      [stage('two', 'two'), stage('one')],
      'one',
      'stage "two" starts "two", which must come before it',
    ],
    [
      'an entry that another stage starts',
      [stage('one'), stage('two', 'one')],
      'one',
      'the entry "one" is started by another stage',
    ],
    ['a start of nothing', [stage('one', 'two')], 'one', 'stage "one" starts "two", which must come before it'],
    ['an entry that is no stage', [stage('one')], 'two', 'the entry must be one of one, got "two"'],
    ['no stage at all', [], 'one', 'the entry must be one of the stages, and there is none, got "one"'],
  ])('is refused with %s', (_, stages, entry, message) => {
    expect(() => defineContract({ settings, stages, entry })).toThrow(message);
  });
});
