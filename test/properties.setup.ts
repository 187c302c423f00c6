import fc from 'fast-check';

/**
 * Examples for every property: 200 each in `npm test`, many in `npm run test:long`. `PROPERTY_SEED` repeats the examples
 * of a run.
 */
fc.configureGlobal({
  numRuns: Number(process.env['PROPERTY_RUNS'] ?? 200),
  seed: Number(process.env['PROPERTY_SEED'] ?? Date.now() % 2 ** 31),
});
