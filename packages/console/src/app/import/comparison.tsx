import type { ExecutionModel } from '../../models/executions.ts';
import { Replayed } from '../live/replayed.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { imports } from '../state/store.ts';
import './import.css';

const command = 'npx crosswind console';

export interface ComparisonProps {
  readonly digest: string;
  readonly asked: ExecutionModel;
  /** False for the finding alone. */
  readonly isOpen: boolean;
}

/** Compares an imported execution with what the sandbox does with the same input and the recorded results. */
export function Comparison({ digest, asked, isOpen }: ComparisonProps) {
  const imported = imports.value.get(digest);
  if (!imported) return null;
  return (
    <section class="card comparison" aria-label="Comparison with the sandbox">
      {IS_SERVED ? (
        <Replayed digest={digest} asked={asked} isOpen={isOpen} imported={imported} />
      ) : (
        <>
          <p>This file shows a recorded run and does not compare it. A served page does: import it there again.</p>
          {isOpen && (
            <p class="buttons">
              <CopyButton text={command} what="command" />
            </p>
          )}
        </>
      )}
    </section>
  );
}
