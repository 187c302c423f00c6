import type { RefObject } from 'preact';
import { paints } from '../../chart/lane-drawing.ts';

/** Patterns that the style sheet fills idle, waiting and stuck time with, and an example of each paint for the canvas. */
export const HatchPatterns = ({ examples }: { readonly examples: RefObject<SVGSVGElement | null> }) => (
  <svg class="hatch" width="0" height="0" aria-hidden="true" ref={examples}>
    <defs>
      {['hatch', 'hatch-rest', 'hatch-stuck'].map((id) => (
        <pattern key={id} id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" />
          <path d="M0 0v6" />
        </pattern>
      ))}
    </defs>
    {paints.map((paint) => (
      <path key={paint} class={`span ${paint}`} data-paint={paint} />
    ))}
    <g class="lane">
      <rect class="idle" data-paint="idle" />
    </g>
    <circle class="denied-end" data-paint="denied-end" />
    {['text-retry', 'text-stuck', 'note'].map((paint) => (
      <text key={paint} class={paint} data-paint={paint} />
    ))}
  </svg>
);
