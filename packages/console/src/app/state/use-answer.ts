import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ask } from './ask.ts';
import { errorText } from './error-text.ts';

/** A question to the server or to the file, and what became of it. */
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
        become({ kind: 'failed', sentence: errorText(error), again });
      },
    );
    return () => {
      isOver = true;
    };
  }, [kind, text, tries.value]);
  // Answers to the questions before are not those to these.
  return state.value.of === text ? state.value.asked : asking;
}

/** Asks one question, again whenever it is another one; undefined asks nothing. */
export function useAnswer<Answer>(kind: string, question: object | undefined): Asked<Answer> {
  const asked = useAnswers<Answer>(kind, question && [question]);
  if (asked.kind !== 'answered') return asked;
  const [answer] = asked.answer;
  return answer === undefined ? asking : { kind: 'answered', answer };
}
