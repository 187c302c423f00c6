import fc from 'fast-check';

/** Examples that each property is tried on: a few in `npm test`, many in `npm run test:long`. */
const runs = Number(process.env['PROPERTY_RUNS'] ?? 200);

/** Where the examples of this run come from; `PROPERTY_SEED` brings them back. */
const seed = Number(process.env['PROPERTY_SEED'] ?? Date.now() % 2 ** 31);

/** For the name of a test, so that every run says what it was tried on. */
export const examples = `seed ${seed}`;

/** Tries a property; `share` is the part of the usual number of examples that a slow one gets. */
export function check<Drawn>(property: fc.IProperty<Drawn>, share = 1): void {
  fc.assert(property, { numRuns: Math.ceil(runs * share), seed });
}

/** The same for a property that takes time. */
export async function checkAsync<Drawn>(property: fc.IAsyncProperty<Drawn>, share = 1): Promise<void> {
  await fc.assert(property, { numRuns: Math.ceil(runs * share), seed });
}
