import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ask } from '../state/ask.ts';

/** A question to the server, and what became of it. */
export type Asked<Answer> =
  | { readonly kind: 'asking' }
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly sentence: string; readonly again: () => void };

const asking = { kind: 'asking' } as const;

/**
 * Asks questions of one kind, again whenever they are other ones. The answers are taken as they come.
 *
 * @param questions undefined for none
 */
export function useAnswers<Answer>(kind: string, questions: readonly unknown[] | undefined): Asked<readonly Answer[]> {
  const state = useSignal<{ readonly of: string; readonly asked: Asked<readonly Answer[]> }>({ of: '', asked: asking });
  const tries = useSignal(0);
  const text = JSON.stringify(questions ?? null);
  useEffect(() => {
    if (!questions) return;
    let isOver = false;
    const become = (asked: Asked<readonly Answer[]>): void => {
      if (!isOver) state.value = { of: text, asked };
    };
    become(asking);
    Promise.all(questions.map((question) => ask(kind, question))).then(
      (answers) => {
        become({ kind: 'answered', answer: answers as readonly Answer[] });
      },
      (error: unknown) => {
        const again = (): void => {
          tries.value += 1;
        };
        become({ kind: 'failed', sentence: error instanceof Error ? error.message : String(error), again });
      },
    );
    return () => {
      isOver = true;
    };
  }, [kind, text, tries.value]);
  // Answers to the questions before are not those to these.
  return state.value.of === text ? state.value.asked : asking;
}
