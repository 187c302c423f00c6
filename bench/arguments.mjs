import { readdirSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';

const usage = `usage: npm run bench -- [lambda | sandbox | synth | simulation | gameday | gate | engine | hostile | console] [--objects N] [--data DIR] [--json]
  lambda       one batch of 500 objects and a consolidation of 600,000, through the functions' own bundles
  sandbox      parent and child in the sandbox over objects on disk (--objects: default 10000)
  synth        cdk synth of 6, 40, 200 and 400 accounts, with validation and policies
  simulation   crosswind simulate over 600,000 modelled objects
  gameday      crosswind gameday --all, each game day alone, and a quiet week
  gate         crosswind check and plan of 6, 200 and 400 accounts, from two assemblies
  engine       state transitions of the workflow engine alone
  hostile      answers of a served sandbox under functions and expressions that use up memory and time
  console      the page in Chromium: bytes, first view, 200 accounts, longest tasks; and CPU until it is served
  --objects N  objects to generate, or to take of DIR (default: 2500, or all)
  --data DIR   folder of <year>/<station>.csv objects as NOAA publishes them
  --json       prints JSON`;

/** Benches other than the parser's, each with the options that it takes. */
const optionsOf = {
  lambda: [],
  sandbox: ['objects'],
  synth: [],
  simulation: [],
  gameday: [],
  gate: [],
  engine: [],
  hostile: [],
  console: [],
};

/** Parses the command line. Returns the options, or a problem followed by the usage. */
export function readArguments(args) {
  const parsed = parse(args);
  if (parsed.problem !== undefined) return { problem: `${parsed.problem}\n${usage}` };
  const { values, positionals } = parsed;
  const problem = findProblem(values, positionals);
  if (problem !== undefined) return { problem: `${problem}\n${usage}` };
  return {
    options: {
      bench: positionals[0] ?? 'parse',
      objects: values.objects === undefined ? undefined : Number(values.objects),
      data: values.data,
      json: values.json ?? false,
    },
  };
}

function parse(args) {
  const options = { objects: { type: 'string' }, data: { type: 'string' }, json: { type: 'boolean' } };
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    return { problem: error.message };
  }
}

function findProblem({ objects, data }, [bench, ...others]) {
  if (others.length > 0) return `expected at most one word, got ${[bench, ...others].join(' ')}`;
  const takes = bench === undefined ? ['objects', 'data'] : optionsOf[bench];
  if (!takes) return `expected one of ${Object.keys(optionsOf).join(', ')} or nothing, got ${JSON.stringify(bench)}`;
  if (objects !== undefined && !takes.includes('objects')) return `${bench} does not take --objects`;
  if (data !== undefined && !takes.includes('data')) return `${bench} does not take --data`;
  if (objects !== undefined && !/^[1-9]\d{0,5}$/.test(objects)) {
    return `--objects: expected a number from 1 to 999999, got ${JSON.stringify(objects)}`;
  }
  if (data !== undefined && objectFiles(data).length === 0)
    return `--data: expected a folder of .csv objects, got ${data}`;
  return undefined;
}

/** Paths of all `.csv` files below a folder, in order; none when there is no such folder. */
export function objectFiles(folder) {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.csv'))
    .sort()
    .map((name) => `${folder}/${name}`);
}
