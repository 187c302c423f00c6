import type { PermissionGroup } from '../../chart/permission-groups.ts';
import { Chip } from '../parts/glyph.tsx';

/** How requests ended, as a sign and a word; what was allowed needs no sign. */
export function Verdict({ verdict }: Pick<PermissionGroup, 'verdict'>) {
  if (verdict === 'allowed') return <>Allowed</>;
  return verdict === 'undecidable' ? <Chip state="throttled">Undecided</Chip> : <Chip state="denied" />;
}
