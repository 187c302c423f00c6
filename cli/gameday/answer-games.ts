import { messageOf } from '@crosswind/aws/problem';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { RunFailed, stackOf, WrongInput } from '../failure.ts';
import { loadValidPlatform } from '../read-platform.ts';
import { readGamePlatform } from './game-platform.ts';
import type { GameVerdict } from './judge-game-day.ts';
import { playAndJudge } from './play-and-judge.ts';

/** Platform that a process plays games on. */
export interface GamesAsked {
  readonly clone: Clone;
  /** The platform's file. */
  readonly file: string;
  /** Directory of the cloud assembly. */
  readonly assembly: string;
}

/** Answer of a process: it is ready for the first game, minutes of a game are over, or a game has ended. */
export type GameAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'minute'; readonly minute: number }
  | { readonly kind: 'played'; readonly verdict: GameVerdict }
  | { readonly kind: 'failed'; readonly message: string };

/** Channel to the command that started the process. */
export interface GameChannel {
  readonly onName: (listener: (name: string) => void) => void;
  /** Called when nobody listens any more. */
  readonly onEnd: (listener: () => void) => void;
  readonly send: (answer: GameAnswer) => void;
}

/** Reads the platform once, and plays each game whose name comes. */
export async function answerGames(
  { clone, file, assembly }: GamesAsked,
  { onName, onEnd, send }: GameChannel,
): Promise<void> {
  const over = new AbortController();
  onEnd(() => {
    over.abort();
  });
  try {
    const platform = await readGamePlatform(clone, await loadValidPlatform(clone, file), assembly);
    onName((name) => {
      playAndJudge(platform, name, over.signal, (minute) => {
        send({ kind: 'minute', minute });
      }).then(
        (verdict) => {
          send({ kind: 'played', verdict });
        },
        (error: unknown) => {
          send({ kind: 'failed', message: explained(error) });
        },
      );
    });
    send({ kind: 'ready' });
  } catch (error) {
    send({ kind: 'failed', message: explained(error) });
  }
}

const explained = (error: unknown): string =>
  error instanceof RunFailed || error instanceof WrongInput ? messageOf(error) : stackOf(error);
