import { execFileSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { cloneAt } from '../../../blocks/discover-workloads.ts';
import { type BaseProps, baseSide, type Side } from '../../../cli/base/side.ts';
import { type CleanUp, onInterrupt } from '../../../cli/interrupt.ts';
import { platformText } from '../../synthesized.ts';
import { newRepository, type Repository } from '../upgrade/repositories.ts';

/** A command line of the CDK that writes an assembly with its own version in it. */
const cdk = (version: string): string => `
const { mkdirSync, copyFileSync, writeFileSync } = require('node:fs');
const option = (name) => process.argv[process.argv.indexOf(name) + 1];
const platform = process.argv.find((arg) => arg.startsWith('platform=')).slice('platform='.length);
mkdirSync(option('--output'), { recursive: true });
writeFileSync(option('--output') + '/manifest.json', JSON.stringify({ version: '${version}' }));
copyFileSync(platform, option('--output') + '/platform.yaml');
`;

const packageText = JSON.stringify({ name: 'small', version: '1.0.0', workspaces: ['cdk'] });
const lockText = (version: string): string =>
  JSON.stringify({
    name: 'small',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name: 'small', version: '1.0.0', workspaces: ['cdk'] },
      cdk: { name: 'aws-cdk', version },
      'node_modules/aws-cdk': { resolved: 'cdk', link: true },
    },
  });

/** Files of a version of the repository; its command line of the CDK is a workspace, so that nothing is downloaded. */
export const version = (number: string, script = cdk(number)) => ({
  '.gitignore': 'node_modules\n',
  'package.json': packageText,
  'package-lock.json': lockText(number),
  'platform.yaml': platformText,
  'cdk/package.json': JSON.stringify({ name: 'aws-cdk', version: number }),
  'cdk/bin/cdk': script,
});

/** A repository with packages, at version 1.0.0. */
export function baseRepository(): Repository {
  const repository = newRepository(version('1.0.0'));
  install(repository);
  return repository;
}

export const install = ({ path }: Repository): unknown =>
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: path, stdio: 'pipe' });

/** A question for the base, with what is said meanwhile and the way to end it. */
export interface Asked {
  readonly side: Promise<Side>;
  readonly said: readonly string[];
  readonly cleanUp: CleanUp;
}

/** Asks for the base of a clone. */
export function askedBase({ path }: Pick<Repository, 'path'>, base: string, props: Partial<BaseProps> = {}): Asked {
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  const cleanUp = onInterrupt({ signals: new EventEmitter(), exit: () => undefined });
  const side = baseSide(base, { clone: cloneAt(path), terminal: { progress: say, note: say }, cleanUp, ...props });
  return { side: side.finally(() => cleanUp.now()), said, cleanUp };
}
