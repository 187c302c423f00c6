import { minutesText } from '../../chart/game-lines.ts';
import { durationText, timeText } from '../../chart/time-text.ts';
import type { GameDayModel, GameDaysModel } from '../../models/game-days.ts';
import { ActButton } from '../live/acting/act-button.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { Detail } from '../parts/detail.tsx';
import { Code, Name } from '../parts/name.tsx';

export interface GameDetailProps {
  readonly game: GameDayModel;
  readonly playing: GameDaysModel['playing'];
}

/** A game: what happens in it, what must fire, what came of it, and how to play it. */
export function GameDetail({ game, playing }: GameDetailProps) {
  const { name, title, workload, because, fix, steps, faultAt, minutes, expected, outcome } = game;
  const command = `npx crosswind gameday ${name}`;
  return (
    <Detail title={<Name>{name}</Name>}>
      <p>
        <Name>{title}</Name> (<Name>{workload}</Name>).
      </p>
      <Code text={command} label="Command" />
      <div class="buttons">
        {IS_SERVED && playing === null && <ActButton what={{ name }}>Play it</ActButton>}
        <CopyButton text={command} what="command" />
      </div>
      {playing && (
        <p class="quiet">
          {playing.name === name ? 'It is played now.' : `${playing.name} is played now: one at a time.`}
        </p>
      )}
      <h3>Outcome</h3>
      {outcome ? <Outcome outcome={outcome} /> : <p class="quiet">It has not been played.</p>}
      <h3>What happens</h3>
      <ol class="game-steps">
        {steps.map(({ minute, sentence }, index) => (
          <li key={index}>
            <span class="code">Minute {minute}</span> <Name>{sentence}</Name>
            {minute === faultAt && <span class="quiet"> (minute of the fault)</span>}
          </li>
        ))}
      </ol>
      <p class="quiet">
        It takes {durationText(minutes * 60_000)} of virtual time. <code>crosswind why</code> must claim{' '}
        <Name isCode>{because}</Name>. Fix: <Name>{fix}</Name>.
      </p>
      <h3>Alarms that must fire</h3>
      {expected.length === 0 && <p>None: all alarms stay quiet.</p>}
      <ul class="game-steps">
        {expected.map(({ alarm, of, fires, clears }, index) => (
          <li key={index}>
            <Name isCode>{alarm}</Name>
            {of.length > 0 && (
              <>
                {' '}
                <Name>{of.join(' ')}</Name>
              </>
            )}
            : in {minutesText(fires)} after the fault, quiet in {minutesText(clears)}
          </li>
        ))}
      </ul>
    </Detail>
  );
}

function Outcome({ outcome }: { readonly outcome: NonNullable<GameDayModel['outcome']> }) {
  const { passed, source, at, unexpected, missing, wrong } = outcome;
  return (
    <>
      <p>
        {passed ? 'Passed' : 'Failed'}.{' '}
        <span class="quiet">
          {source}, {timeText(at)} in real time
        </span>
      </p>
      <ul class="game-steps">
        {missing.map((alarm, index) => (
          <li key={`missing ${index}`}>
            <Name isCode>{alarm}</Name> never fired
          </li>
        ))}
        {unexpected.map((alarm, index) => (
          <li key={`unexpected ${index}`}>
            <Name isCode>{alarm}</Name> fired and was not expected
          </li>
        ))}
        {wrong.map((sentence) => (
          <li key={sentence}>
            <Name>{sentence}</Name>
          </li>
        ))}
      </ul>
    </>
  );
}
