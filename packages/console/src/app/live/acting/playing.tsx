import type { GameDaysModel } from '../../../models/game-days.ts';
import { Chip } from '../../parts/glyph.tsx';
import { Name } from '../../parts/name.tsx';
import { ActButton } from './act-button.tsx';

/** The game that is played now, how far it is, and a button that ends it. */
export function Playing({ playing }: { readonly playing: NonNullable<GameDaysModel['playing']> }) {
  const { name, doing, minute, minutes } = playing;
  return (
    <section class="card playing" aria-label="Game day that is played now">
      <Chip state="running">Playing</Chip>
      <Name>{name}</Name>
      <span class="quiet">{minute === null ? doing : `minute ${minute} of ${minutes}`}</span>
      <progress aria-label={`Progress of ${name}`} max={minutes} {...(minute !== null && { value: minute })} />
      <ActButton what={{ cancel: true }}>End it</ActButton>
    </section>
  );
}
