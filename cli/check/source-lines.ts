import { type SourcePlace, sourcePlace } from '../../policies/source-place.ts';
import type { MetadataEntry } from './metadata.ts';

/** Line of the source that made a construct; undefined if nothing says so. */
export type SourceLines = (path: string) => SourcePlace | undefined;

/**
 * Lines that the stack traces in the assembly's metadata name. A construct whose trace ends before our code has the line of
 * its nearest relative in the same stack.
 * @param stacks construct paths of the stacks
 * @param root directory of the source
 */
export function sourceLines(
  metadata: readonly MetadataEntry[],
  stacks: ReadonlySet<string>,
  root: string,
): SourceLines {
  const [own, nearest] = [new Map<string, SourcePlace>(), new Map<string, SourcePlace>()];
  for (const { path, type, data } of metadata) {
    if (type !== 'aws:cdk:creationStack' || !Array.isArray(data)) continue;
    const place = sourcePlace(data.map(String), root);
    if (!place) continue;
    own.set(path, place);
    for (const scope of scopesOf(path, stacks)) if (!nearest.has(scope)) nearest.set(scope, place);
  }
  return (path) => own.get(path) ?? scopesOf(path, stacks).flatMap((scope) => nearest.get(scope) ?? [])[0];
}

/** Scopes of a construct below its stack, the innermost first. */
function scopesOf(path: string, stacks: ReadonlySet<string>): readonly string[] {
  const scopes: string[] = [];
  for (
    let scope = path;
    scope !== '' && !stacks.has(scope);
    scope = scope.slice(0, Math.max(0, scope.lastIndexOf('/')))
  ) {
    scopes.push(scope);
  }
  return scopes;
}
