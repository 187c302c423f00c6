import { useMemo } from 'preact/hooks';
import { classText, nearestPoint, pointClasses, type PointClass } from '../../chart/point-classes.ts';
import { countOf, countText } from '../../chart/time-text.ts';
import { visibleText } from '../../chart/visible-text.ts';
import type { MapModel, PointsModel } from '../../models/results.ts';
import { AskedNote } from '../parts/asked-note.tsx';
import { Name } from '../parts/name.tsx';
import { useAnswer } from '../state/use-answer.ts';

export interface WorldMapProps {
  readonly points: PointsModel;
  /** Row of the table that is marked. */
  readonly marked: number | undefined;
  /** Address that opens a row of the table. */
  readonly hrefOf: (row: number) => string;
}

/** Distance in units of the map within which a click is meant for a point. */
const reach = 40;

/** Points on a map of the world; the table of the same things is the equal. */
export function WorldMap({ points, marked, hrefOf }: WorldMapProps) {
  const answered = useAnswer<MapModel>('map', {});
  const classes = useMemo(() => pointClasses(points), [points]);
  const { title, unit, value, left } = points;
  const words = `${visibleText(title)}: ${countOf(value.length, 'place')}. The table has the same rows, and the row with the focus is marked here.`;
  return (
    <section class="card figure">
      <h2>
        <Name>{title}</Name>, <Name>{unit}</Name>
      </h2>
      {answered.kind === 'answered' && (
        <Drawing {...answered.answer} points={points} classes={classes} marked={marked} hrefOf={hrefOf} words={words} />
      )}
      <AskedNote asked={answered} what="the map" />
      <Legend classes={classes} unit={unit} />
      <p class="quiet small">
        {countOf(value.length, 'place')} on the map
        {left > 0 && `; ${countOf(left, 'row')} without a position or a value ${left === 1 ? 'is' : 'are'} not`}. Larger
        dots of stronger ink are more. Natural Earth projection.
      </p>
    </section>
  );
}

interface DrawingProps extends MapModel, WorldMapProps {
  readonly classes: readonly PointClass[];
  /** The finding, for those who do not see it. */
  readonly words: string;
}

function Drawing({ width, height, sphere, land, points, classes, marked, hrefOf, words }: DrawingProps) {
  const place = marked === undefined ? -1 : points.row.indexOf(marked);
  const [x = 0, y = 0] = [points.x[place], points.y[place]];
  const choose = ({ currentTarget, clientX, clientY }: MouseEvent): void => {
    if (!(currentTarget instanceof Element)) return;
    const box = currentTarget.getBoundingClientRect();
    const at = [((clientX - box.left) / box.width) * width, ((clientY - box.top) / box.height) * height] as const;
    const nearest = nearestPoint(points, at, reach);
    if (nearest !== undefined) location.hash = hrefOf(points.row[nearest] ?? 0);
  };
  const dots = useMemo(
    () => (
      <g class="dots">
        {classes.map(({ path, size }, index) => (
          <path key={index} d={path} class={toneOf(index, classes.length)} stroke-width={size} />
        ))}
      </g>
    ),
    [classes],
  );
  return (
    <svg class="world" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words} onClick={choose}>
      <path d={sphere} class="sphere" />
      <path d={land} class="land" />
      {dots}
      {place >= 0 && (
        <g class="mark" data-place={points.row[place]}>
          <path d={`M0,${y}H${width}M${x},0V${height}`} />
          <circle cx={x} cy={y} r="18" />
        </g>
      )}
    </svg>
  );
}

/** The darkest ink for the greatest values. */
const toneOf = (index: number, count: number): string =>
  index === count - 1 ? 'tone-high' : index >= count / 2 ? 'tone-middle' : 'tone-low';

function Legend({ classes, unit }: { readonly classes: readonly PointClass[]; readonly unit: string }) {
  return (
    <ul class="legend scale" aria-label="Scale">
      {classes.map((each, index) => (
        <li key={index}>
          <svg viewBox="0 0 48 48" width="14" height="14" aria-hidden="true" class="dots">
            <path d="M24,24h0" class={toneOf(index, classes.length)} stroke-width={each.size} />
          </svg>
          <span>
            {classText(each, index === 0)} <Name>{unit}</Name>: {countText(each.count)}
          </span>
        </li>
      ))}
    </ul>
  );
}
