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

/** A text that is a valid platform, and what it leads to. */
export interface CheckedEdit {
  readonly text: string;
  readonly consequences: Consequences;
}

/** Checks that the edited text is a valid platform; otherwise the error says why, and that nothing was changed. */
export function checkedEdit({ file, contracts, parsed }: ValidPlatform, edited: Edited): CheckedEdit {
  if (!edited.ok) throw new WrongInput(`${file} was not changed: ${edited.reason}`);
  const after = parsePlatform(edited.text, contracts);
  if (!after.ok) {
    const lines = problemLines(file, after.problems).join('\n');
    throw new WrongInput(`${file} was not changed, because it would then have these problems:\n${lines}`);
  }
  return { text: edited.text, consequences: consequences(parsed.platform, after.platform) };
}

/** Writes the edited text if it is a valid platform, and returns what it leads to. */
export async function editPlatform(
  loaded: ValidPlatform,
  edited: Edited,
  { path, dryRun }: FileEdit,
): Promise<Consequences> {
  const { text, consequences: result } = checkedEdit(loaded, edited);
  if (!dryRun) await writeAtomically(path, text);
  return result;
}
