import {
  constants,
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { bundledCode, inlineCode } from '@crosswind/assembly/functions';
import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { DeploymentRefused } from '../cloudformation/refusal.ts';
import { linkRuntimeModules } from './runtime-modules.ts';

/**
 * Code of functions as Lambda lays it out: in a directory that no package of this machine is around, with the modules
 * that the runtime brings. Bundles are linked there, each once.
 */
export class FunctionCode {
  readonly #directory: string;
  readonly #staged = new Map<string, string>();
  #isOpen = false;

  /** @param directory an empty one, which need not exist yet; the caller removes it */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /**
   * The directory with the code of a function.
   * @throws DeploymentRefused for code that is neither in a directory of the assembly nor in the template
   */
  of(stack: Stack, resource: Resource): string {
    const inline = inlineCode(resource);
    if (inline !== undefined) return this.#written(inline);
    const bundled = bundledCode(stack, resource);
    if (bundled === undefined) {
      const code = JSON.stringify(resource.properties['Code'] ?? null);
      throw unknownCode(`code that is no asset of the assembly: ${code}`);
    }
    if (!statSync(bundled).isDirectory()) throw unknownCode(`code in an archive: ${bundled}`);
    const staged = this.#staged.get(bundled) ?? this.#linked(bundled);
    this.#staged.set(bundled, staged);
    return staged;
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
