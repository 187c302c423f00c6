import { Stack, Stage } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { policyPlugins } from '../../policies/policy-plugins.ts';
import type { Waiver } from '../../policies/waiver.ts';
import { complaints, judged } from '../policies/judged.ts';
import { changes } from './fixtures/changes.ts';

const circumstances = {
  now: new Date('2026-11-29'),
  version: '0.2.0',
  organization: 'o-exampleorg1',
  runbooks: [],
  dueWaivers: 'report',
  allDeployed: true,
} as const;

const found = (build: (stack: Stack) => unknown, ...waivers: readonly Waiver[]): readonly string[] =>
  complaints(judged(build, ...policyPlugins(circumstances, waivers)));

const why = { reason: 'it is a test', owner: 'test-team', reviewAt: '1.0.0' } as const;

const inStage = (build: (stack: Stack) => unknown) => (outer: Stack) => {
  const { account, region } = outer;
  build(new Stack(new Stage(outer, 'Stage', { env: { account, region } }), 'Inner'));
};

describe.each(Object.entries(changes))('%s', (_, { rule, at, plant, repaired }) => {
  test('is found in a stack, and in a stage in it', () => {
    expect(new Set(found(plant))).toEqual(new Set([`${rule} Alone/${at}`]));
    expect(new Set(found(inStage(plant)))).toEqual(new Set([`${rule} Alone/Stage/Inner/${at}`]));
  });

  test('is accepted by a waiver, unless it is an acknowledgement', () => {
    const waiver: Waiver = { rule, path: `Alone/${at}`, ...why };
    const refused = [`WAIVER-1 Alone`, `WAIVER-3 Alone/${at}`];
    expect(found(plant, waiver)).toEqual(rule === 'WAIVER-3' ? refused : []);
  });

  test('is accepted once it is repaired', () => {
    expect(found(repaired)).toEqual([]);
    expect(found(inStage(repaired))).toEqual([]);
  });
});
