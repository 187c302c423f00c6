import type { Output } from '@crosswind/assembly/resolve';
import type { Operation } from './operation.ts';

/** Why a stack cannot have these outputs, in AWS's words: an export that other stacks import would go or change. */
export function exportInUse({ stack, ports }: Operation, wanted: readonly Output[]): string | undefined {
  for (const { exportName: name = '', value } of stack.outputs) {
    const importers = name === '' ? [] : ports.stacks.importers(stack, name).map((importer) => importer.name);
    if (importers.length === 0) continue;
    const next = wanted.find(({ exportName }) => exportName === name);
    if (next?.value === value) continue;
    const users = importers.join(' and ');
    return next
      ? `Export ${name} cannot be updated as it is in use by ${users}`
      : `Delete canceled. Cannot delete export ${name} as it is in use by ${users}.`;
  }
  return undefined;
}
