import { synthesize } from '../../../../cli/local/synthesize.ts';
import { commandLineOn } from '../../../../test/cli/crosswind.ts';
import { temporaryDirectory } from '../../../../test/temporary-directory.ts';
import { platformFile, windSpeed } from '../platform.ts';

const { clone } = windSpeed;

/** Stacks whose functions are bundled, when nothing is judged. */
export const everyStack: readonly string[] = ['**'];

let synthesized: Promise<string> | undefined;

/**
 * Directory of the platform with this workload, synthesized once per process with the bundles of its functions. A run
 * that names the platform's file synthesizes as a user's does, with the policies.
 */
export const assembly = (): Promise<string> =>
  (synthesized ??= (async () => {
    const directory = temporaryDirectory();
    await synthesize({ clone, file: platformFile, directory, quickly: everyStack });
    return directory;
  })());

/** Commands on a clone with this workload, and on its platform. */
export const { crosswind, startRun } = commandLineOn({ clone, platformFile, assembly });
