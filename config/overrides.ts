import type { Document } from 'yaml';
import { isMap, isSeq, parseDocument } from 'yaml';
import { listed, nearest } from './nearest.ts';
import type { Problem } from './problem.ts';

/** A setting given on the command line: `orders.batchSize=100` sets it for the tenant in every wave. */
export interface Override {
  readonly tenant: string;
  readonly setting: string;
  readonly value: unknown;
}

const form = /^([\w-]+)\.(\w+)=(.+)$/s;

/** `tenant.setting=value`, the value read as YAML; undefined when the text has another form. */
export function parseOverride(argument: string): Override | undefined {
  const match = form.exec(argument);
  if (!match) return undefined;
  const [, tenant = '', setting = '', text = ''] = match;
  const value = parseDocument(text);
  return value.errors.length > 0 ? undefined : { tenant, setting, value: value.toJS() };
}

/** Problem of a text that {@link parseOverride} does not read. */
export function overrideProblem(argument: string): string | undefined {
  if (parseOverride(argument)) return undefined;
  const value = form.exec(argument)?.[3];
  return value === undefined
    ? `--set must read tenant.setting=value, got "${argument}"`
    : `the value of --set must be written as in the file, for example 100 or [2021, 2022], got "${value}"`;
}

/** Writes the overrides into the document, as if the operator had; problems name a tenant that is not there. */
export function applyOverrides(document: Document, overrides: readonly Override[]): readonly Problem[] {
  return overrides.flatMap((override) => {
    const tenants = document.get('tenants');
    const index = isSeq(tenants)
      ? tenants.items.findIndex((item) => isMap(item) && item.get('name') === override.tenant)
      : -1;
    const waves = index < 0 ? undefined : document.getIn(['tenants', index, 'waves']);
    if (!isMap(waves)) {
      const names = tenantNames(tenants);
      const meant = nearest(override.tenant, names);
      return [
        {
          what: `--set names the tenant "${override.tenant}", which is not in the file`,
          got: override.tenant,
          expected: listed(names),
          fix: meant === undefined ? 'name one of them' : `did you mean "${meant}"?`,
        },
      ];
    }
    for (const { key } of waves.items) {
      const path = ['tenants', index, 'waves', String(key), 'settings'];
      const settings = document.getIn(path);
      // Anything but a mapping is left to the schema, which refuses it at its place.
      if (settings !== undefined && !isMap(settings)) continue;
      document.setIn([...path, override.setting], document.createNode(override.value));
    }
    return [];
  });
}

const tenantNames = (tenants: unknown): readonly string[] =>
  isSeq(tenants) ? tenants.items.flatMap((item) => (isMap(item) ? String(item.get('name')) : [])) : [];
