import { lastText } from '../../chart/dashboards/widget-words.ts';
import { paintOf, type StyledLine } from '../../chart/dashboards/styled-lines.ts';
import { Name } from '../parts/name.tsx';

/** Lines with their signs and their last values. */
export const LineLegend = ({ lines }: { readonly lines: readonly StyledLine[] }) => (
  <ul class="line-legend">
    {lines.map((line, index) => (
      <li key={index}>
        <Sign line={line} />
        <Name>{line.label}</Name>
        {line.axis === 'right' && <span class="quiet">right axis</span>}
        <span class="code">{lastText(line.line)}</span>
      </li>
    ))}
  </ul>
);

/** The way a line is drawn. */
export const Sign = ({ line }: { readonly line: StyledLine }) => (
  <svg class="sign painted" viewBox="0 0 20 8" width="20" height="8" aria-hidden="true" style={paintOf(line)}>
    <path d="M0 4h20" stroke-dasharray={line.dash.join(' ')} />
    <circle cx="10" cy="4" r="2.5" class={line.point} />
  </svg>
);
