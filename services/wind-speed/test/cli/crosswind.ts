import { synthesize } from '../../../../cli/local/synthesize.ts';
import { commandLineOn } from '../../../../test/cli/crosswind.ts';
import { temporaryDirectory } from '../../../../test/temporary-directory.ts';
import { platformFile, windSpeed } from '../platform.ts';

const { clone } = windSpeed;

let synthesized: Promise<string> | undefined;

/** Directory of the platform with this workload, synthesized once per process with the bundles of its functions. */
export const assembly = (): Promise<string> =>
  (synthesized ??= (async () => {
    const directory = temporaryDirectory();
    await synthesize({ clone, file: platformFile, directory });
    return directory;
  })());

/** Commands on a clone with this workload, and on its platform. */
export const { crosswind, startRun } = commandLineOn({ clone, platformFile, assembly });
