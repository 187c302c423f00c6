import type { Document } from 'yaml';
import type { Platform, Tenant, TenantInWave } from '../config/schema.ts';
import { keyRemoved } from './block-edits.ts';
import { type PossibleEdit, itemsRemoved, mapping } from './text-edits.ts';

/** True if the tenant leaves the wave. */
export type Goes = (tenant: Tenant, placed: TenantInWave, wave: string) => boolean;

/** Takes placements out, with the tenants that then run nowhere and the waves that nothing uses any more. */
export function placementsRemoved(
  body: string,
  document: Document,
  platform: Platform,
  goes: Goes,
): readonly PossibleEdit[] {
  const tenants = platform.tenants.map((tenant, index) => {
    const waves = Object.entries(tenant.waves);
    const gone = waves.filter(([wave, placed]) => goes(tenant, placed, wave)).map(([wave]) => wave);
    return { index, gone, left: waves.map(([wave]) => wave).filter((wave) => !gone.includes(wave)) };
  });
  const nowhere = tenants.filter(({ gone, left }) => gone.length > 0 && left.length === 0);
  const elsewhere = tenants.filter(({ left }) => left.length > 0);
  const used = new Set(tenants.flatMap(({ left }) => left));
  const unused = platform.waves.flatMap(({ name }, index) => (used.has(name) ? [] : [index]));
  const indexes = nowhere.map(({ index }) => index);
  return [
    ...itemsRemoved(body, document, 'tenants', indexes),
    ...elsewhere.flatMap(({ index, gone }) =>
      gone.map((wave) => keyRemoved(body, mapping(document, ['tenants', index, 'waves']), wave)),
    ),
    ...(indexes.length > 0 || elsewhere.some(({ gone }) => gone.length > 0)
      ? itemsRemoved(body, document, 'waves', unused)
      : []),
  ];
}
