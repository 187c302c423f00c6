import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { objectFiles } from '../arguments.mjs';
import { bundle } from '../bundle.mjs';

/** Paths of the objects to read: those of a folder, or as many generated ones in `directory`. */
export async function provideObjects({ data, objects }, directory) {
  if (data !== undefined) return spread(objectFiles(data), objects ?? Infinity);
  const { generateObjects } = await import(
    await bundle('services/wind-speed/sample/generate-objects.ts', `${directory}/generate-objects.mjs`)
  );
  const paths = [];
  for (const { key, body } of generateObjects({ objects: objects ?? 2500 })) {
    const path = `${directory}/objects/${key}`;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, body);
    paths.push(path);
  }
  return paths;
}

/** At most so many, evenly out of all. */
export function spread(paths, count) {
  if (paths.length <= count) return paths;
  return Array.from({ length: count }, (_, index) => paths[Math.floor((index * paths.length) / count)]);
}
