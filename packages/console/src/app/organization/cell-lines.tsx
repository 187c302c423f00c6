import type { CellSize, PlacedLine } from '../../chart/organization/geometry.ts';
import { Glyph } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';

export interface CellLinesProps {
  readonly lines: readonly PlacedLine[];
  readonly size: CellSize;
  /** True if there is room for words at the lines. */
  readonly isLabeled: boolean;
}

/** Lines between accounts: solid for a role that is assumed, dashed with a sign where calls are denied. */
export function CellLines({ lines, size, isLabeled }: CellLinesProps) {
  if (lines.length === 0) return null;
  return (
    <>
      <svg class="cell-lines" width={size.width} height={size.height + 8} aria-hidden="true">
        {lines.map(({ line, path, tip: [x, y], isBelow, refused }) => (
          <g key={`${line.from} ${line.to}`}>
            <path class="assumes" d={path} />
            <path class="arrow" d={isBelow ? `M${x} ${y}l4 7h-8z` : `M${x} ${y}l-7 -4v8z`} />
            {refused && <path class="refused" d={refused.path} />}
          </g>
        ))}
      </svg>
      {lines.map(
        ({ line, refused }) =>
          refused && (
            <span
              key={`${line.from} ${line.to}`}
              class="line-sign"
              style={{ left: `${refused.sign[0] - 8}px`, top: `${refused.sign[1] - 8}px` }}
              aria-hidden="true"
            >
              <Glyph state="denied" />
            </span>
          ),
      )}
      {isLabeled && lines.map((placed) => <LineWords key={`${placed.line.from} ${placed.line.to}`} placed={placed} />)}
    </>
  );
}

function LineWords({ placed: { line, words, refused } }: { readonly placed: PlacedLine }) {
  if (!words) return null;
  return (
    <span class="line-words" style={{ left: `${words.x}px`, width: `${words.width}px` }} aria-hidden="true">
      <span>
        assumes <Name>{line.role?.split('/').at(-1)?.split('-').at(-1) ?? 'a role'}</Name>
      </span>
      {refused ? (
        <span class="line-refused">denied {line.denied}</span>
      ) : (
        <span class="quiet">{conditionWords(line.conditions)}</span>
      )}
    </span>
  );
}

/** Names of the conditions, without their values: `role, external id`. */
const conditionWords = (conditions: readonly string[]): string =>
  conditions.length === 0 ? 'no condition' : conditions.map((text) => text.split(' is ')[0] ?? text).join(', ');
