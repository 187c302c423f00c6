import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Json, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { parse } from 'yaml';

/** Phases in their order (CodeBuild User Guide: "Build specification reference"). */
const phases = ['install', 'pre_build', 'build', 'post_build'];

/**
 * The commands of a build specification.
 * @param text the specification itself, or the name of its file
 * @param directory of the source artifact
 */
export function commandsOf(text: string, directory: string): readonly string[] {
  const isFile = !text.includes('\n') && /\.ya?ml$/.test(text);
  const spec = parse(isFile ? readFileSync(join(directory, text), 'utf8') : text) as Json;
  const declared = objectOf(objectOf(spec)['phases']);
  return phases.flatMap((phase) => {
    const { commands, finally: last } = objectOf(declared[phase]);
    return [...listOf(commands), ...listOf(last)].map(textOf);
  });
}

/** The words of a command line, as a shell splits it; quotes hold words together, and nothing is replaced. */
export const wordsOf = (command: string): readonly string[] =>
  [...command.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
