import { messageOf } from '@crosswind/aws/message-of';
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Contracts } from '../blocks/contract.ts';
import { type Clone, discoverContracts } from '../blocks/discover-workloads.ts';
import { parseOverride } from '../config/overrides.ts';
import { type ParsedPlatform, parsePlatform } from '../config/parse.ts';
import { type Problem, formatProblem } from '../config/problem.ts';
import type { Platform } from '../config/schema.ts';
import { WrongInput } from './failure.ts';

/** A file with what it describes, or with its problems. */
export interface LoadedPlatform {
  /** The file as problems name it. */
  readonly file: string;
  readonly text: string;
  /** Those of the clone that it was read with. */
  readonly contracts: Contracts;
  readonly parsed: ParsedPlatform;
}

/** A platform that is valid, with its text and the way to place problems that are found out later. */
export interface ValidPlatform extends LoadedPlatform {
  readonly parsed: Extract<ParsedPlatform, { readonly ok: true }>;
}

/** The contracts of the workloads of a clone; one that cannot be loaded is wrong input. */
export const contractsOf = (clone: Clone): Promise<Contracts> =>
  discoverContracts(clone).catch((error: unknown) => {
    throw new WrongInput(messageOf(error));
  });

/** Reads a platform with the workloads of the clone. */
export async function loadPlatform(
  clone: Clone,
  path: string,
  settings: readonly string[] = [],
): Promise<LoadedPlatform> {
  const file = shownPath(path);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new WrongInput(`cannot read ${file}: ${messageOf(error)}`);
  });
  const overrides = settings.flatMap((setting) => parseOverride(setting) ?? []);
  const contracts = await contractsOf(clone);
  return { file, text, contracts, parsed: parsePlatform(text, contracts, overrides) };
}

/** The platform of a file that is valid; everything that is wrong with it is one wrong input. */
export async function loadValidPlatform(
  clone: Clone,
  path: string,
  settings: readonly string[] = [],
): Promise<ValidPlatform> {
  const { parsed, ...loaded } = await loadPlatform(clone, path, settings);
  if (parsed.ok) return { ...loaded, parsed };
  throw new WrongInput(problemLines(loaded.file, parsed.problems).join('\n'));
}

export const readPlatform = async (clone: Clone, path: string, settings: readonly string[] = []): Promise<Platform> =>
  (await loadValidPlatform(clone, path, settings)).parsed.platform;

export const problemLines = (file: string, problems: readonly Problem[]): readonly string[] =>
  problems.map((problem) => formatProblem(file, problem));

/** The path from where the user stands, unless that leads out of there. */
function shownPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere === '' || fromHere.startsWith('..') ? path : fromHere;
}
