import { join } from 'node:path';

/** The example platform that every test runs on, whatever the `platform.yaml` of the clone has become. */
export const platformFile = join(import.meta.dirname, 'platform.yaml');

/** Folder of the workloads of the tests, from the root of the clone. */
export const servicesOfTests = 'test/services';
