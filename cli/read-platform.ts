import { messageOf } from '@crosswind/aws/problem';
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Contracts } from '../blocks/contract.ts';
import { type Clone, discoverContracts, discoverWorkloads } from '../blocks/discover-workloads.ts';
import { type FileText, fileText } from '../config/file-text.ts';
import { parseOverride } from '../config/overrides.ts';
import { type ParsedPlatform, parsePlatform } from '../config/parse.ts';
import { type Problem, formatProblem } from '../config/problem.ts';
import type { Platform } from '../config/schema.ts';
import { standInContracts } from '../config/stand-in-contracts.ts';
import { WrongInput } from './failure.ts';

/** A file with what it describes, or with its problems. */
export interface LoadedPlatform {
  /** The file as problems name it. */
  readonly file: string;
  readonly text: string;
  /** Those of the clone that it was read with. */
  readonly contracts: Contracts;
  /** Workloads whose contract is wrong, with the reason; stand-ins are among the contracts. */
  readonly unreadable: ReadonlyMap<string, string>;
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

export interface LoadOptions {
  /**
   * Settings as `--set` gives them.
   *
   * @default - none
   */
  readonly settings?: readonly string[];
  /**
   * True if a tenant may name a workload whose contract is wrong, because another tenant is meant.
   *
   * @default false
   */
  readonly withUnreadable?: boolean;
}

/** Reads a platform with the workloads of the clone. */
export async function loadPlatform(
  clone: Clone,
  path: string,
  { settings = [], withUnreadable = false }: LoadOptions = {},
): Promise<LoadedPlatform> {
  const file = shownPath(path);
  const read = await readFileText(path, file);
  const { contracts: known, problems: unreadable } = await discoverWorkloads(clone);
  if (!read.ok) {
    return { file, text: '', contracts: known, unreadable, parsed: { ok: false, problems: [read.problem] } };
  }
  const { text } = read;
  const overrides = settings.flatMap((setting) => parseOverride(setting) ?? []);
  const standIns = standInContracts(text, (workload) => unreadable.has(workload));
  if (standIns.size > 0 && !withUnreadable) {
    throw new WrongInput([...standIns.keys()].flatMap((workload) => unreadable.get(workload) ?? []).join('\n'));
  }
  const contracts: Contracts = new Map([...known, ...standIns]);
  return { file, text, contracts, unreadable, parsed: parsePlatform(text, contracts, overrides) };
}

/** Text of a file, which messages name as it is shown; one that is not UTF-8 is wrong input. */
export async function readText(path: string, file: string): Promise<string> {
  const read = await readFileText(path, file);
  if (read.ok) return read.text;
  throw new WrongInput(formatProblem(file, read.problem));
}

async function readFileText(path: string, file: string): Promise<FileText> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new WrongInput(`cannot read ${file}: ${unreadableBecause(error)}`);
  });
  return fileText(bytes);
}

/** Why a file cannot be read, and what to do. */
function unreadableBecause(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  const instead = 'name the platform.yaml of your clone, or leave the file out';
  if (code === 'ENOENT' || code === 'ENOTDIR') return `there is no such file; ${instead}`;
  if (code === 'EISDIR') return `it is a directory; ${instead}`;
  return code === 'EACCES' ? 'reading it is not allowed; change its permissions' : messageOf(error);
}

/** The platform of a file that is valid; everything that is wrong with it is one wrong input. */
export async function loadValidPlatform(clone: Clone, path: string, options: LoadOptions = {}): Promise<ValidPlatform> {
  const { parsed, ...loaded } = await loadPlatform(clone, path, options);
  if (parsed.ok) return { ...loaded, parsed };
  throw new WrongInput(problemLines(loaded.file, parsed.problems).join('\n'));
}

export const readPlatform = async (clone: Clone, path: string): Promise<Platform> =>
  (await loadValidPlatform(clone, path)).parsed.platform;

export const problemLines = (file: string, problems: readonly Problem[]): readonly string[] =>
  problems.map((problem) => formatProblem(file, problem));

/** The path from where the user stands, unless that leads out of there. */
export function shownPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere === '' || fromHere.startsWith('..') ? path : fromHere;
}
