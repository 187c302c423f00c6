import { useSignal } from '@preact/signals';
import { viewEntries } from '../views.ts';
import { areLettersOn, keyList, switchLetters } from '../state/keys.ts';

/** The keys of the page, and the switch for those that are letters. */
export function KeyList() {
  const isOn = useSignal(areLettersOn());
  return (
    <section class="card keys-list" aria-label="Keys">
      <h2>Keys</h2>
      <dl>
        {[...viewEntries.map(({ key, word }) => [`g ${key}`, `go to ${word}`] as const), ...keyList].map(
          ([keys, does]) => (
            <div key={keys}>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ),
        )}
      </dl>
      <label>
        <input
          type="checkbox"
          checked={isOn.value}
          onChange={({ currentTarget }) => {
            isOn.value = currentTarget.checked;
            switchLetters(currentTarget.checked);
          }}
        />{' '}
        Letters are keys
      </label>
    </section>
  );
}
