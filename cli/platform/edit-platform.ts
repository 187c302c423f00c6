import { parsePlatform } from '../../config/parse.ts';
import type { Edited } from '../../onboarding/text-edits.ts';
import { type Consequences, consequences } from '../../onboarding/consequences.ts';
import { WrongInput } from '../failure.ts';
import { type ValidPlatform, problemLines } from '../read-platform.ts';
import { writeAtomically } from '../write-atomically.ts';

export interface FileEdit {
  readonly path: string;
  readonly dryRun: boolean;
}

/** Writes the edited text if it is a valid platform, and tells what it leads to; otherwise writes nothing and says why. */
export async function editPlatform(
  loaded: ValidPlatform,
  edited: Edited,
  { path, dryRun }: FileEdit,
): Promise<Consequences> {
  const { file, contracts, parsed } = loaded;
  if (!edited.ok) throw new WrongInput(`${file} was not changed: ${edited.reason}`);
  const after = parsePlatform(edited.text, contracts);
  if (!after.ok) {
    const lines = problemLines(file, after.problems).join('\n');
    throw new WrongInput(`${file} was not changed, because it would then have these problems:\n${lines}`);
  }
  if (!dryRun) await writeAtomically(path, edited.text);
  return consequences(parsed.platform, after.platform);
}
