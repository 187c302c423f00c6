import { modelsVersion, type Snapshot } from '../../models/snapshot.ts';

/** Reads the models of a static page: JSON, compressed by gzip, as base64. */
export async function embeddedSnapshot(): Promise<Snapshot> {
  const text = document.getElementById('data')?.textContent;
  if (!text) throw new Error('this page contains no data');
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const snapshot = (await new Response(stream).json()) as { readonly version: unknown };
  if (snapshot.version === modelsVersion) return snapshot as Snapshot;
  throw new Error(`this page reads version ${modelsVersion} of the models, got ${String(snapshot.version)}`);
}
