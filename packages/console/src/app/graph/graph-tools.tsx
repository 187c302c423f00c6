import type { Signal } from '@preact/signals';
import { PressButton } from '../parts/press-button.tsx';
import type { useScale } from './use-scale.ts';

export interface GraphToolsProps {
  readonly zoom: ReturnType<typeof useScale>;
  /** True while tables are shown. */
  readonly isTable: Signal<boolean>;
}

/** Buttons of the graph: keys press those of the zoom. */
export function GraphTools({ zoom, isTable }: GraphToolsProps) {
  const button = (name: string, sign: string, label: string, press: () => void) => (
    <button type="button" class="button small" data-zoom={name} aria-label={label} onClick={press}>
      {sign}
    </button>
  );
  return (
    <p class="tools">
      {!isTable.value && (
        <>
          {button('in', '+', 'Zoom in', zoom.in)}
          {button('out', '−', 'Zoom out', zoom.out)}
          {button('all', 'Fit', 'Fit the width', zoom.fit)}
          <span class="size">{`${Math.round(zoom.scale.value * 100)} %`}</span>
        </>
      )}
      <PressButton
        isPressed={isTable.value}
        onPress={() => {
          isTable.value = !isTable.value;
        }}
      >
        Same as table
      </PressButton>
    </p>
  );
}
