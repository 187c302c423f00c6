import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cloneWaivers } from '../../policies/clone-waivers.ts';
import type { Waiver } from '../../policies/waiver.ts';
import type { Side } from '../base/side.ts';
import { endedProcess } from '../ended-process.ts';
import { RunFailed, WrongInput } from '../failure.ts';

/** Files of a checkout that list waivers of the template, with the name of the list. */
const lists = [
  ['policies/waivers.ts', 'templateWaivers'],
  ['policies/reach/waivers.ts', 'reachWaivers'],
] as const;

/**
 * Waivers of a side: those of its checkout's template, of its clone and of its workloads. Undefined for an assembly without a
 * checkout. The lists of the template are code, so a process of the checkout itself reads them.
 * @throws WrongInput where a file of waivers is wrong
 */
export async function waiversOf(
  { clone, platform }: Side,
  signal: AbortSignal,
): Promise<readonly Waiver[] | undefined> {
  if (!clone) return undefined;
  const { waivers, problems } = cloneWaivers(clone, platform);
  if (problems.length > 0) throw new WrongInput(problems.join('\n'));
  const there = lists.filter(([file]) => existsSync(join(clone.root, file)));
  const script = [
    `const lists = ${JSON.stringify(there)};`,
    `const read = await Promise.all(lists.map(async ([file, name]) => (await import(process.cwd() + '/' + file))[name]));`,
    `process.stdout.write(JSON.stringify(read.flat()));`,
  ].join('\n');
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
  const { code, stdout, output } = await endedProcess(process.execPath, args, { directory: clone.root, signal });
  if (code !== 0) throw new RunFailed(`the waivers of ${clone.root} cannot be read:\n${output}`);
  return [...(JSON.parse(stdout) as readonly Waiver[]), ...waivers];
}
