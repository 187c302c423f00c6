export interface ToleratedProps {
  /** Share of the items that failed, and share that may: 0 to 100. */
  readonly failedPercent: number;
  readonly toleratedPercent: number;
}

/** Share of failures against the tolerated one, which fills the bar. */
export function Tolerated({ failedPercent, toleratedPercent }: ToleratedProps) {
  const share = toleratedPercent === 0 ? (failedPercent > 0 ? 1 : 0) : Math.min(1, failedPercent / toleratedPercent);
  const isOver = failedPercent > toleratedPercent;
  return (
    <p class="tolerated">
      <span class="tolerated-bar" aria-hidden="true">
        <span class="span-fill" style={{ width: `${share * 100}%` }} />
      </span>
      <span>
        {`${percentText(failedPercent)} of ${toleratedPercent} % tolerated`}
        {isOver && ', more than the Map Run tolerates'}
      </span>
    </p>
  );
}

/** A share, with two digits behind the point unless it is none or all. */
export const percentText = (percent: number): string =>
  `${percent.toFixed(percent === 0 || percent === 100 ? 0 : 2)} %`;
