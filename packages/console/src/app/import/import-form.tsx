import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Name } from '../parts/name.tsx';
import { given, givenFile, givenText } from './given.ts';
import { problem, reading, take } from './take.ts';

const takeFiles = (files: readonly File[]): Promise<void> =>
  take(files.map(({ name }) => name).join(', '), () => Promise.all(files.map(givenFile)));

const takeText = (text: string): Promise<void> => take('the pasted text', async () => [await givenText(text)]);

/** Place to drop, choose or paste what is imported. */
export function ImportForm() {
  const isOver = useSignal(false);
  const area = useRef<HTMLTextAreaElement>(null);
  return (
    <section
      class={`card import-form ${isOver.value ? 'is-over' : ''}`}
      aria-label="Import"
      onDragOver={(event) => {
        event.preventDefault();
        isOver.value = true;
      }}
      onDragLeave={() => {
        isOver.value = false;
      }}
      onDrop={(event) => {
        event.preventDefault();
        isOver.value = false;
        drop(event.dataTransfer);
      }}
    >
      <label>
        <span>Files of one run, or drop them here</span>
        <input
          type="file"
          multiple
          accept=".json,.txt,application/json"
          onChange={({ currentTarget }) => {
            const files = [...(currentTarget.files ?? [])];
            // The same file may be chosen once more.
            currentTarget.value = '';
            if (files.length > 0) void takeFiles(files);
          }}
        />
      </label>
      <label>
        <span>Or paste the output of the command</span>
        <textarea
          ref={area}
          rows={3}
          spellcheck={false}
          placeholder='{"events": [ … ] }'
          onPaste={(event) => {
            const text = event.clipboardData?.getData('text/plain') ?? '';
            const files = [...(event.clipboardData?.files ?? [])];
            if (files.length === 0 && text === '') return;
            // A field with 20 MB of text would hold up the page.
            event.preventDefault();
            void (files.length > 0 ? takeFiles(files) : takeText(text));
          }}
        />
      </label>
      <p class="buttons">
        <button
          type="button"
          class="button"
          onClick={() => {
            if (area.current && area.current.value !== '') void takeText(area.current.value);
          }}
        >
          Show this text
        </button>
      </p>
      <Waiting />
      <div role="alert">
        {problem.value !== undefined && (
          <p class="import-problem">
            <Name>{problem.value}</Name>
          </p>
        )}
      </div>
    </section>
  );
}

/** Something else than files is dropped as text. */
function drop(data: DataTransfer | null): void {
  const files = [...(data?.files ?? [])];
  const text = data?.getData('text/plain') ?? '';
  if (files.length > 0) void takeFiles(files);
  else if (text !== '') void takeText(text);
}

/** Files and texts that are not yet a history, or are being read. */
function Waiting() {
  if (reading.value !== undefined)
    return (
      <p role="status">
        Reading <Name>{reading.value}</Name>
      </p>
    );
  if (given.value.length === 0) return null;
  return (
    <ul class="import-given" aria-label="Given so far">
      {given.value.map((each, index) => (
        <li key={index}>
          <Name>{each.name}</Name> <span class="quiet">{sizeText(each.bytes)}</span>{' '}
          <button
            type="button"
            class="button small"
            onClick={() => {
              given.value = given.value.filter((other) => other !== each);
              problem.value = undefined;
            }}
          >
            Remove <span class="off-screen">{each.name}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Size for people: `417 bytes`, `12 kB`, `20.3 MB`. */
function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
