import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '@crosswind/aws/problem';
import { fileText } from '../../config/file-text.ts';
import { parsePlatform } from '../../config/parse.ts';
import { platformFile } from '../../config/platform-file.ts';
import { formatProblem } from '../../config/problem.ts';
import type { Platform } from '../../config/schema.ts';
import { standInContracts } from '../../config/stand-in-contracts.ts';
import { WrongInput } from '../failure.ts';
import { problemLines, shownPath } from '../read-platform.ts';

/**
 * The platform of a file, read without the code of any workload: what judges an assembly loads none. The settings of
 * tenants are not checked then.
 */
export function platformWithoutCode(path: string): Platform {
  const file = shownPath(path);
  const source = fileText(bytesOf(path, file));
  if (!source.ok) throw new WrongInput(formatProblem(file, source.problem));
  const parsed = parsePlatform(
    source.text,
    standInContracts(source.text, () => true),
  );
  if (parsed.ok) return parsed.platform;
  throw new WrongInput(problemLines(file, parsed.problems).join('\n'));
}

/** The platform that a cloud assembly was synthesized from: synth leaves its file there. */
export const platformIn = (assembly: string): Platform => platformWithoutCode(join(assembly, platformFile));

function bytesOf(path: string, file: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new WrongInput(
      `cannot read ${file}: ${messageOf(error)}; name a platform.yaml, or the output of \`cdk synth\``,
    );
  }
}
