import {
  constants,
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { bundledCode, inlineCode } from '@crosswind/assembly/functions';
import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { objectOf, textOf } from '@crosswind/aws/json';
import { DeploymentRefused } from '../cloudformation/refusal.ts';
import type { ObjectStorage } from '../s3/object-storage.ts';
import { linkRuntimeModules } from './runtime-modules.ts';
import { BadArchive, unzip } from './zip-archive.ts';

/**
 * Code of functions as Lambda lays it out: in a directory that no package of this machine is around, with the modules
 * that the runtime brings. Bundles are linked there, each once.
 */
export class FunctionCode {
  readonly #directory: string;
  readonly #storage: Pick<ObjectStorage, 'bucket' | 'inspect'>;
  readonly #staged = new Map<string, string>();
  #isOpen = false;

  /**
   * @param directory an empty one, which need not exist yet; the caller removes it
   * @param storage where archives are that are no assets of the assembly
   */
  constructor(directory: string, storage: Pick<ObjectStorage, 'bucket' | 'inspect'>) {
    this.#directory = directory;
    this.#storage = storage;
  }

  /**
   * The directory with the code of a function.
   * @throws DeploymentRefused for code that is not in the assembly, the template or the simulated S3
   */
  async of(stack: Stack, resource: Resource): Promise<string> {
    const inline = inlineCode(resource);
    if (inline !== undefined) return this.#written(inline);
    const bundled = bundledCode(stack, resource);
    if (bundled === undefined) return this.#unzipped(await this.#stored(resource, stack.region));
    const staged = this.#staged.get(bundled) ?? this.#laidOut(bundled);
    this.#staged.set(bundled, staged);
    return staged;
  }

  /** The archive that `Code` names in the simulated S3. */
  async #stored(resource: Resource, region: string): Promise<Buffer> {
    const code = objectOf(resource.properties['Code']);
    const [name, key] = [textOf(code['S3Bucket']), textOf(code['S3Key'])];
    const bucket = this.#storage.bucket(name);
    if (!bucket || code['S3ObjectVersion'] !== undefined) {
      throw unknownCode(
        `code that is no asset of the assembly: ${JSON.stringify(resource.properties['Code'] ?? null)}`,
      );
    }
    if (bucket.region !== region) {
      const message = `The bucket is in this region: ${bucket.region}. Please use this region to retry the request`;
      throw unreadObject('PermanentRedirect', message);
    }
    const archive = await this.#storage.inspect({ bucket: name, key });
    if (archive === undefined) throw unreadObject('NoSuchKey', 'The specified key does not exist.');
    return archive;
  }

  #unzipped(archive: Buffer): string {
    const made = this.#make('archive-');
    try {
      unzip(archive, made);
    } catch (error) {
      if (!(error instanceof BadArchive)) throw error;
      throw new DeploymentRefused('InvalidParameterValueException', error.message);
    }
    return made;
  }

  #laidOut(bundle: string): string {
    return statSync(bundle).isDirectory() ? this.#linked(bundle) : this.#unzipped(readFileSync(bundle));
  }

  /** Writes code that the template holds as `index.js` (AWS::Lambda::Function Code, ZipFile). */
  #written(code: string): string {
    const made = this.#make('inline-');
    writeFileSync(join(made, 'package.json'), '{"type":"commonjs"}');
    writeFileSync(join(made, 'index.js'), code);
    return made;
  }

  #linked(bundle: string): string {
    const made = this.#make('asset-');
    link(bundle, made);
    return made;
  }

  #make(prefix: string): string {
    if (!this.#isOpen) {
      mkdirSync(this.#directory, { recursive: true });
      // What is above it says nothing about the modules in it.
      writeFileSync(join(this.#directory, 'package.json'), '{}');
      linkRuntimeModules(this.#directory);
      this.#isOpen = true;
    }
    return mkdtempSync(join(this.#directory, prefix));
  }
}

/** Links every file of a directory, symbolic links followed as in an archive; copies them where disks differ. */
function link(from: string, to: string): void {
  for (const name of readdirSync(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    const entry = statSync(source, { throwIfNoEntry: false });
    if (entry?.isDirectory()) {
      mkdirSync(target);
      link(source, target);
    } else if (entry) linkFile(realpathSync(source), target);
  }
}

function linkFile(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target, constants.COPYFILE_FICLONE);
  }
}

const unknownCode = (what: string): DeploymentRefused =>
  new DeploymentRefused('NotSupported', `the sandbox does not know ${what}`);

/** Refusal of Lambda when S3 does not give it the code. */
const unreadObject = (code: string, message: string): DeploymentRefused =>
  new DeploymentRefused(
    'InvalidParameterValueException',
    `Error occurred while GetObject. S3 Error Code: ${code}. S3 Error Message: ${message}`,
  );
