import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withPatches } from '../../../src/models/patches/apply.ts';
import type { Patch } from '../../../src/models/patches/patch.ts';
import type { Snapshot } from '../../../src/models/snapshot.ts';
import { liveModels } from '../../../src/server/live/live-models.ts';
import { modelsOf } from '../../../src/server/snapshot.ts';
import { afterStep, emptyRun, step } from '../../growing-run.ts';

const growth = fc.array(step, { minLength: 1, maxLength: 60 });

/** The models after each collection, a few steps each, with the patches of it as they come over the wire. */
function collected(steps: readonly Parameters<typeof afterStep>[1][], every: number) {
  const models = liveModels(emptyRun);
  let source = emptyRun;
  models.take(source);
  const states: { readonly snapshot: Snapshot; readonly patches: readonly Patch[]; readonly whole: Snapshot }[] = [];
  steps.forEach((each, count) => {
    source = afterStep(source, each, count);
    if (count % every !== 0 && count !== steps.length - 1) return;
    const patches = JSON.parse(JSON.stringify(models.take(source))) as readonly Patch[];
    states.push({ snapshot: models.snapshot(), patches, whole: modelsOf(source) });
  });
  return states;
}

test('a snapshot and the patches after it are the snapshot of a later time, made at once', () => {
  fc.assert(
    fc.property(growth, fc.integer({ min: 1, max: 5 }), (steps, every) => {
      for (const { snapshot, whole } of collected(steps, every)) expect(snapshot).toEqual(whole);
    }),
  );
});

test('a client that was away goes on from any place, and then knows the same', () => {
  fc.assert(
    fc.property(growth, fc.integer({ min: 1, max: 5 }), fc.nat(), (steps, every, from) => {
      const states = collected(steps, every);
      const at = from % states.length;
      const known = JSON.parse(JSON.stringify(states[at]?.snapshot)) as Snapshot;
      const missed = states.slice(at + 1).flatMap(({ patches }) => patches);
      expect(withPatches(known, missed)).toEqual(states.at(-1)?.whole);
    }),
  );
});

test('applying patches changes no snapshot that somebody has', () => {
  fc.assert(
    fc.property(growth, (steps) => {
      const states = collected(steps, 1);
      const texts = states.map(({ snapshot }) => JSON.stringify(snapshot));
      states.reduce((known, { patches }) => withPatches(known, patches), modelsOf(emptyRun));
      expect(states.map(({ snapshot }) => JSON.stringify(snapshot))).toEqual(texts);
    }),
  );
});

test('what did not change makes no patch', () => {
  fc.assert(
    fc.property(growth, (steps) => {
      const source = steps.reduce(afterStep, emptyRun);
      const models = liveModels(emptyRun);
      models.take(source);
      expect(models.take({ ...source })).toEqual([]);
      expect(models.take({ ...source, at: source.at + 1 })).toEqual([{ kind: 'time', at: source.at + 1 }]);
    }),
  );
});

test('long texts are cut, and the page says so as long as it shows one', () => {
  const source = afterStep(emptyRun, { kind: 'start', by: 0, named: false }, 0);
  const [execution] = source.executions;
  if (!execution) throw new Error('an execution was started');
  const models = liveModels(emptyRun);
  models.take({ ...source, executions: [{ ...execution, input: 'x'.repeat(8_192) }] });
  expect(models.snapshot().cut).toEqual([]);
  const long = 'x'.repeat(8_193);
  models.take({ ...source, executions: [{ ...execution, input: long, output: long, cause: long }] });
  const [model] = models.snapshot().executions;
  expect([model?.input, model?.output, model?.cause].map((text) => text?.length)).toEqual([8_193, 8_193, 8_193]);
  expect(model?.input?.endsWith('x…')).toBe(true);
  expect(models.snapshot().cut).toEqual(['inputs, outputs and causes: the first 8192 characters of each']);
  models.take({ ...source, executions: [] });
  expect(models.snapshot().cut).toEqual([]);
});

test('a machine with more states than can be drawn has no graph, and the models of others go on', () => {
  const source = afterStep(emptyRun, { kind: 'start', by: 0, named: false }, 0);
  const [execution] = source.executions;
  if (!execution) throw new Error('an execution was started');
  const chain = (length: number) => ({
    StartAt: 's0',
    States: Object.fromEntries(Array.from({ length }, (_, n) => [`s${n}`, { Type: 'Pass', Next: `s${n + 1}` }])),
  });
  const of = (name: string, length: number) => ({
    ...execution,
    ...{ executionArn: name, stateMachineArn: name, definition: chain(length) },
  });
  const models = liveModels(emptyRun);
  models.take({ ...source, executions: [of('small', 3), of('large', 4_000)] });
  expect(models.snapshot().executions.map(({ arn }) => arn)).toEqual(['small', 'large']);
  expect(models.snapshot().graphs.map(({ machineArn }) => machineArn)).toEqual(['small']);
});
