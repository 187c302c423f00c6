import { levelShapes, timeShapes } from '../../chart/dashboards/note-shapes.ts';
import type { PlotPartProps } from './plot-lines.tsx';
import { textWidth } from './text-width.ts';

/** Levels and times that the body annotates, with what they fill, under the lines. */
export const PlotNotes = ({ drawing, frame }: PlotPartProps) => (
  <>
    {[...levelShapes(drawing, frame, textWidth), ...timeShapes(drawing, frame, textWidth)].map((note, index) => (
      <g key={index} class="plot-note painted" style={{ '--paint': note.color ?? 'var(--held)' }}>
        {note.band !== '' && <path class="plot-band" d={note.band} />}
        <path d={note.line} />
        {note.label !== '' && (
          <text x={note.x} y={note.y}>
            {note.label}
          </text>
        )}
      </g>
    ))}
  </>
);
