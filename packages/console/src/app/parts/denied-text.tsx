import { clockText, countOf } from '../../chart/time-text.ts';
import { shortPrincipal } from '../../chart/permission-groups.ts';
import type { EvidenceModel } from '../../models/verdict.ts';
import { Glyph } from './glyph.tsx';
import { Name } from './name.tsx';

/** A denied action: who asked for it, how often, and when last. */
export function DeniedText({ item }: { readonly item: Extract<EvidenceModel, { kind: 'decision' }> }) {
  return (
    <>
      <Glyph state="denied" /> <Name>{item.action}</Name> as <Name>{shortPrincipal(item.principal)}</Name>,{' '}
      {item.isEstimated && 'about '}
      {countOf(item.times, 'time')}
      {item.last !== null && `, last at ${clockText(item.last)}`}
    </>
  );
}
