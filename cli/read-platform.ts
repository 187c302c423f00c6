import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { parseOverride } from '../config/overrides.ts';
import { parsePlatform } from '../config/parse.ts';
import { formatProblem } from '../config/problem.ts';
import type { Platform } from '../config/schema.ts';
import { WrongInput } from './failure.ts';

/** The platform that a file describes; everything that is wrong with it is one wrong input. */
export async function readPlatform(file: string, settings: readonly string[] = []): Promise<Platform> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new WrongInput(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  });
  const parsed = parsePlatform(
    text,
    settings.flatMap((setting) => parseOverride(setting) ?? []),
  );
  if (parsed.ok) return parsed.platform;
  const shown = relative(process.cwd(), file) || file;
  throw new WrongInput(parsed.problems.map((problem) => formatProblem(shown, problem)).join('\n'));
}
