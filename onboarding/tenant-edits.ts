import { Document } from 'yaml';
import type { Platform } from '../config/schema.ts';
import { keyAdded } from './block-edits.ts';
import { placementsRemoved } from './placement-edits.ts';
import { type Edited, edited, itemAdded, mapping } from './text-edits.ts';

/** A tenant in a wave that it is not in yet. */
export interface NewPlacement {
  readonly tenant: string;
  readonly workload: string;
  readonly owner: string;
  readonly wave: string;
  /** Names of accounts by stage, the entry first. */
  readonly accounts: ReadonlyMap<string, string>;
  /**
   * Settings by name.
   *
   * @default - none
   */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/**
 * The text of a valid platform with a tenant in one wave more: a tenant that is not in the file is added at the end of
 * the list, and so is a wave.
 */
export function withPlacement(text: string, platform: Platform, placement: NewPlacement): Edited {
  const { tenant, workload, owner, wave, accounts, settings = {} } = placement;
  const index = platform.tenants.findIndex(({ name }) => name === tenant);
  const placed = { ...Object.fromEntries(accounts), ...(Object.keys(settings).length > 0 && { settings }) };
  const inWave = { [wave]: placed };
  return edited(text, (body, document) => [
    ...(platform.waves.some(({ name }) => name === wave)
      ? []
      : itemAdded(body, document, 'waves', lines({ name: wave }))),
    ...(index < 0
      ? itemAdded(body, document, 'tenants', lines({ name: tenant, workload, owner, waves: inWave }))
      : [keyAdded(body, mapping(document, ['tenants', index, 'waves']), lines(inWave))]),
  ]);
}

/** The text of a valid platform without the tenant, or without it in one wave; waves that nothing uses then go as well. */
export const withoutTenant = (text: string, platform: Platform, name: string, wave: string | undefined): Edited =>
  edited(text, (body, document) =>
    placementsRemoved(
      body,
      document,
      platform,
      (tenant, _, placed) => tenant.name === name && (wave === undefined || placed === wave),
    ),
  );

const lines = (value: unknown): readonly string[] =>
  new Document(value).toString({ lineWidth: 0, singleQuote: true }).trimEnd().split('\n');
