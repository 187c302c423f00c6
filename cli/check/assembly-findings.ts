import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { platformFile } from '../../config/platform-file.ts';
import { baselineFiles } from '../../onboarding/baseline/baseline-files.ts';
import type { Found } from './check-report.ts';
import type { Judged } from './verdict.ts';
import type { JudgeInputs } from './judge-inputs.ts';

/** Files that synth writes from the platform alone, and that are not what they should be: code of a workload may write, too. */
export function assemblyFindings({ directory }: Judged, { platform, platformText }: JudgeInputs): readonly Found[] {
  const expected = new Map([[platformFile, platformText], ...baselineFiles(platform)]);
  return [...expected]
    .filter(([path, text]) => textOf(join(directory, path)) !== text)
    .map(([path]) => ({
      id: 'POLICY-4',
      severity: 'error',
      message: `The assembly is not that of the platform which judges it: ${existsSync(join(directory, path)) ? `its ${path} differs from` : `it has no ${path}, unlike`} what the platform says`,
      fix: 'Synthesize again, from this clone and this platform (`--file`). Nothing but the platform writes that file.',
      path: undefined,
    }));
}

const textOf = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
