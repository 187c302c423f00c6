import { relative } from 'node:path';

/** Place in a source file of the repository. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The first frame of stack traces that is in the repository and in none of its packages. */
export function sourcePlace(traces: readonly string[], root: string): SourcePlace | undefined {
  const frames = traces.flatMap((trace) => [...trace.matchAll(/\(?((?:file:\/\/)?\/[^():\n]+):(\d+):(\d+)\)?/g)]);
  for (const [, path = '', line, column] of frames) {
    const file = relative(root, path.replace(/^file:\/\//, ''));
    if (file.startsWith('..') || file.includes('node_modules')) continue;
    return { file, line: Number(line), column: Number(column) };
  }
  return undefined;
}
