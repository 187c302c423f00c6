import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import { bundledCode } from '@crosswind/assembly/functions';
import type { Stack } from '@crosswind/assembly/resolve';
import { type Json, textOf } from '@crosswind/aws/json';
import { WrongInput } from '../failure.ts';

/** Endings of the file that a Node.js function's handler is in (Lambda Developer Guide, nodejs-handler). */
const endings = ['.js', '.mjs', '.cjs'];

/** Sources in the place of a bundle, as commands such as `cdk ls` leave them, because they bundle nothing. */
export function checkBundles(stacks: readonly Stack[]): void {
  const missing = stacks.flatMap((stack) =>
    stack.resources.filter((resource) => {
      const { type, properties } = resource;
      if (type !== 'AWS::Lambda::Function' || !textOf(properties['Runtime']).startsWith('nodejs')) return false;
      const code = bundledCode(stack, resource);
      return code !== undefined && extname(code) !== '.zip' && !hasHandler(code, properties['Handler']);
    }),
  );
  const [first] = missing;
  if (!first) return;
  throw new WrongInput(
    `the assembly holds no bundle of ${first.path}${missing.length > 1 ? ` and ${missing.length - 1} more` : ''}: a command such as \`cdk ls\` wrote it, which bundles nothing; run \`npx cdk synth\`, or leave --assembly out`,
  );
}

/** `index.handler` is the export `handler` of `index.js`. */
function hasHandler(directory: string, handler: Json | undefined): boolean {
  const file = textOf(handler).replace(/\.[^./]*$/, '');
  return endings.some((ending) => existsSync(join(directory, `${file}${ending}`)));
}
