import { join } from 'node:path';

/** The example platform that every test runs on, whatever the `platform.yaml` of the clone has become. */
export const platformFile = join(import.meta.dirname, 'platform.yaml');

/** A platform whose tenants run workloads of one stage and of three. */
export const stageCountsFile = join(import.meta.dirname, 'stage-counts.yaml');

/** Folder of the workloads of the tests, from the root of the clone. */
export const servicesOfTests = 'test/services';
