import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { bundle } from '../bundle.mjs';
import { openLane } from '../lane.mjs';
import { machine } from '../machine.mjs';
import { contenders, readingFiles } from './contenders.mjs';
import { provideObjects, spread } from './objects.mjs';
import { readObject } from './read-object.mjs';
import { describeReport, report } from './report.mjs';
import { noTotals } from './totals.mjs';

const rounds = 5;
/** Objects that are parsed in memory: 25 MB, more than any cache near the core. */
const inMemoryObjects = 300;

/** Runs all contenders in turn, five times, over the same objects; answers a table, or JSON. Throws when sums differ. */
export async function run(options) {
  const directory = mkdtempSync(`${tmpdir()}/crosswind-bench-`);
  const lanes = new Map();
  try {
    const paths = await provideObjects(options, directory);
    const oursModule = await bundle('bench/parse/ours.mjs', `${directory}/ours.mjs`);
    const few = spread(paths, inMemoryObjects);
    for (const name of Object.keys(contenders)) {
      lanes.set(name, openLane(`${import.meta.dirname}/contender.mjs`, [name]));
    }
    const inputs = { few: await describe(few, oursModule), all: await describe(paths, oursModule) };
    for (const [name, lane] of lanes) {
      const [input, its] = readingFiles.has(name) ? [paths, inputs.all] : [few, inputs.few];
      const { found } = await lane.ask({ prepare: { name, paths: input, oursModule } });
      assertFound(name, found, its);
    }
    const measured = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, lane] of lanes) measured[name].push((await lane.ask({})).microseconds);
    }
    const result = report({
      machine: machine(),
      source: options.data === undefined ? 'generated' : 'given',
      inputs,
      measured,
    });
    return options.json ? JSON.stringify(result, null, 2) : describeReport(result);
  } finally {
    for (const lane of lanes.values()) lane.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** How much there is, what the scanner for any CSV finds in it, and how many objects take the fast path. */
async function describe(paths, oursModule) {
  const { addObject, addObjectByFallback } = await import(oursModule);
  const totals = noTotals();
  let [bytes, fastPathObjects] = [0, 0];
  for (const path of paths) {
    const object = readObject(path);
    bytes += object.length;
    addObjectByFallback(totals, object);
    if (addObject(noTotals(), object)) fastPathObjects += 1;
  }
  return { objects: paths.length, bytes, fastPathObjects, totals };
}

function assertFound(name, found, { bytes, totals }) {
  const expected = name === 'read only' ? { bytes } : totals;
  if (isDeepStrictEqual(found, expected)) return;
  throw new Error(`${name}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(found)}`);
}
