import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Clone, workloadFile } from '../blocks/discover-workloads.ts';
import { fileText } from '../config/file-text.ts';
import { formatProblem } from '../config/problem.ts';
import type { Platform } from '../config/schema.ts';
import type { Waiver } from './waiver.ts';
import { type ReadWaivers, readWaivers } from './waivers-file.ts';
import { placementId, platformStackId } from '../config/construct-ids.ts';

export interface CloneWaivers {
  readonly waivers: readonly Waiver[];
  /** Problems of the files, each with its place. */
  readonly problems: readonly string[];
}

/** The waivers that a clone adds to those of the template: its own, and those of the workloads that tenants use. */
export function cloneWaivers(clone: Clone, platform: Platform): CloneWaivers {
  const workloads = [...new Set(platform.tenants.map(({ workload }) => workload))];
  const files = [
    { file: 'policies/waivers.yaml' },
    ...workloads.map((workload) => ({
      file: workloadFile(clone, workload, 'waivers.yaml'),
      within: placementsOf(platform, workload),
    })),
  ];
  const read = files
    .filter(({ file }) => existsSync(join(clone.root, file)))
    .map(({ file, within }: { readonly file: string; readonly within?: readonly string[] }) =>
      readWaiversOf(readFileSync(join(clone.root, file)), file, within),
    );
  return {
    waivers: read.flatMap((each) => (each.ok ? each.waivers : [])),
    problems: read.flatMap((each) => (each.ok ? [] : each.problems)),
  };
}

function readWaiversOf(bytes: Uint8Array, file: string, within?: readonly string[]): ReadWaivers {
  const source = fileText(bytes);
  if (!source.ok) return { ok: false, problems: [formatProblem(file, source.problem)] };
  return readWaivers(source.text, file, within);
}

/** Beginnings of the construct paths of a workload's placements. */
const placementsOf = ({ tenants }: Platform, workload: string): readonly string[] =>
  tenants
    .filter((tenant) => tenant.workload === workload)
    .flatMap(({ name, waves }) => Object.keys(waves).map((wave) => `${platformStackId}/${placementId(wave, name)}/`));
