import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { platformFile } from '../../config/platform-file.ts';
import type { Platform } from '../../config/schema.ts';
import { platformIn } from '../platform/platform-in.ts';
import { readPlatform } from '../read-platform.ts';

/** The platform that an assembly carries; without one the platform of the file. */
export const platformOf = async (clone: Clone, file: string, assembly: string): Promise<Platform> =>
  existsSync(join(assembly, platformFile)) ? platformIn(assembly) : readPlatform(clone, resolve(file));
