import type { ComponentChildren } from 'preact';

export interface PressButtonProps {
  readonly isPressed: boolean;
  readonly onPress: () => void;
  readonly children: ComponentChildren;
}

/** Small button that stays pressed: a choice, or a switch. */
export const PressButton = ({ isPressed, onPress, children }: PressButtonProps) => (
  <button type="button" class="button small" aria-pressed={isPressed} onClick={onPress}>
    {children}
  </button>
);
