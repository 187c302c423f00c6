import { dirname, join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib/core';
import { type AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync, type BuildOptions } from 'esbuild';

/**
 * The ES module that Lambda runs for an entry file, with everything that it imports; its handler is `index.handler`.
 * esbuild runs in this process: `NodejsFunction` starts npx for every bundle, which takes five times as long.
 * @throws the messages of esbuild, with file and line
 */
export const bundledCode = (entry: string): AssetCode =>
  Code.fromAsset(dirname(entry), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // The CDK asks for an image, and bundles equal options once: no container is started.
      image: DockerImage.fromRegistry('unused'),
      command: [entry, JSON.stringify(options)],
      local: {
        tryBundle(directory) {
          buildSync({ ...options, entryPoints: [entry], outfile: join(directory, 'index.mjs') });
          return true;
        },
      },
    },
  });

/** The SDK is bundled, so that the version under test is the version deployed; Node 20 is what the sandbox may run. */
const options: BuildOptions = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  minify: true,
  logLevel: 'warning',
  banner: {
    // Some CommonJS packages inside the bundle call `require`, which an ES module does not have.
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
};
