import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { baselineFile } from '../../onboarding/baseline/baseline-files.ts';
import type { AccountKind } from '../../config/account-kinds.ts';
import { WrongInput } from '../failure.ts';

/** Text of the template of accounts of a kind, as synth has written it. */
export function baselineText(assembly: string, kind: AccountKind): string {
  const file = join(assembly, baselineFile(kind));
  if (existsSync(file)) return readFileSync(file, 'utf8');
  throw new WrongInput(
    `${file} is missing: expected the baseline of ${kind} accounts next to the stacks; run \`npm run synth\``,
  );
}
