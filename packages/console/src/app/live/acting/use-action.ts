import { useSignal } from '@preact/signals';
import { runView } from '../../../models/address.ts';
import { act } from '../../state/ask.ts';
import { errorText } from '../../state/error-text.ts';
import { announcement, go, snapshot } from '../../state/store.ts';

/** An action that somebody takes: only one at a time, and its error stays until the next try. */
export function useAction() {
  const isBusy = useSignal(false);
  const error = useSignal<string | undefined>(undefined);
  const take = async (
    kind: string,
    what: unknown,
    done: (answer: unknown) => Promise<void> | void = () => undefined,
  ): Promise<void> => {
    if (isBusy.value) return;
    isBusy.value = true;
    error.value = undefined;
    try {
      await done(await act(kind, what));
    } catch (thrown) {
      error.value = errorText(thrown);
    } finally {
      isBusy.value = false;
    }
  };
  return { isBusy, error, take };
}

/** Real milliseconds in which the models have what was started. */
const patience = 3_000;

/** Goes to an execution as soon as the page knows it, at the newest time. */
export async function goToExecution(arn: string, what: string): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, patience);
    const end = snapshot.subscribe((models) => {
      if (models?.executions.some((execution) => execution.arn === arn) !== true) return;
      clearTimeout(timer);
      resolve();
      queueMicrotask(() => {
        end();
      });
    });
  });
  announcement.value = what;
  go({ view: runView(arn, 'waterfall') });
}
