import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { messageOf } from '@crosswind/aws/problem';
import { type Clone, workloadFolder } from '../../blocks/discover-workloads.ts';
import { WrongInput } from '../failure.ts';
import { writeAtomically } from '../write-atomically.ts';

export interface WriteWorkloadProps {
  /** Directory of the clone. */
  readonly clone: Clone;
  readonly name: string;
  /** Files of its folder. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** Other files of the clone, with their new text. */
  readonly texts: readonly { readonly path: string; readonly text: string }[];
}

/** Writes the folder of a workload and the other files. If one of them cannot be written, all of it is undone. */
export async function writeWorkload({ clone, name, files, texts }: WriteWorkloadProps): Promise<void> {
  const undo: (() => Promise<void>)[] = [];
  try {
    await writeFolder(workloadFolder(clone, name), files, undo);
    for (const { path, text } of texts) {
      const before = await readFile(path, 'utf8').catch(() => undefined);
      await writeAtomically(path, text);
      undo.push(() => (before === undefined ? rm(path, { force: true }) : writeAtomically(path, before)));
    }
  } catch (error) {
    for (const step of undo.reverse()) await step();
    throw new WrongInput(`nothing was changed, because not all of it can be written: ${messageOf(error)}`);
  }
}

/** Fills a temporary folder next to the final one, then renames it. No workload can have the temporary name. */
async function writeFolder(
  folder: string,
  files: ReadonlyMap<string, Buffer>,
  undo: (() => Promise<void>)[],
): Promise<void> {
  const remove = (path: string) => () => rm(path, { recursive: true, force: true });
  const staged = join(dirname(folder), `.${process.pid}.tmp`);
  const made = await mkdir(staged, { recursive: true });
  undo.push(remove(made ?? staged));
  for (const [path, content] of files) {
    await mkdir(dirname(join(staged, path)), { recursive: true });
    await writeFile(join(staged, path), content);
  }
  await rename(staged, folder);
  undo.push(remove(folder));
}
