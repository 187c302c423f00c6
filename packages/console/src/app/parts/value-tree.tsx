import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { visibleText } from '../../chart/visible-text.ts';
import { CopyButton } from './copy-button.tsx';
import { Name } from './name.tsx';
import './value-tree.css';

/** Characters of a text, and members of a value, that are shown until somebody asks for more. */
const [fewCharacters, fewMembers] = [300, 100];

/** Members of a value that is open at first, if it is not deeper than two levels. */
const mostOpen = 20;

/** A value that an event has as text: JSON as a tree, anything else as it is. */
export function ValueTree({ text, label }: { readonly text: string; readonly label: string }) {
  const value = parsed(text);
  return (
    <section class="value" aria-label={label}>
      <header>
        <h3>{label}</h3>
        <span class="quiet">{sizeText(text)}</span>
        <CopyButton text={text} what={label.toLowerCase()} />
      </header>
      <div class="well value-well" tabIndex={0} role="region" aria-label={`${label}, value`}>
        {value === undefined ? <Text text={text} /> : <Value value={value.json} depth={0} />}
      </div>
    </section>
  );
}

function parsed(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function sizeText(text: string): string {
  const bytes = new TextEncoder().encode(text).length;
  return bytes < 1_000 ? `${bytes} bytes` : `${(bytes / 1_000).toFixed(1)} kB`;
}

interface ValueProps {
  readonly value: unknown;
  readonly depth: number;
  /** @default - the root, which has none */
  readonly name?: string;
}

function Value({ value, depth, name }: ValueProps) {
  const key = name !== undefined && (
    <span class="value-key">
      <Name>{name}</Name>:{' '}
    </span>
  );
  if (typeof value !== 'object' || value === null) {
    return (
      <div class="value-leaf">
        {key}
        {typeof value === 'string' ? <Text text={value} isQuoted /> : <span>{JSON.stringify(value)}</span>}
      </div>
    );
  }
  const members = Array.isArray(value)
    ? value.map((each, index) => [String(index), each as unknown] as const)
    : Object.entries(value);
  const count = `${members.length} ${Array.isArray(value) ? (members.length === 1 ? 'item' : 'items') : members.length === 1 ? 'key' : 'keys'}`;
  return (
    <Branch
      head={
        <>
          {key}
          <span class="quiet">{count}</span>
        </>
      }
      members={members}
      depth={depth}
    />
  );
}

interface BranchProps {
  readonly head: ComponentChildren;
  readonly members: readonly (readonly [name: string, value: unknown])[];
  readonly depth: number;
}

/** Members are drawn when they are seen: a value may have thousands. */
function Branch({ head, members, depth }: BranchProps) {
  const isOpen = useSignal(depth === 0 || (depth === 1 && members.length <= mostOpen));
  const shown = useSignal(fewMembers);
  return (
    <details
      class="value-branch"
      open={isOpen.value}
      onToggle={({ currentTarget }) => {
        isOpen.value = currentTarget.open;
      }}
    >
      <summary>{head}</summary>
      {isOpen.value &&
        members
          .slice(0, shown.value)
          .map(([name, value]) => <Value key={name} name={name} value={value} depth={depth + 1} />)}
      {isOpen.value && members.length > shown.value && (
        <button
          type="button"
          class="button small"
          onClick={() => {
            shown.value += fewMembers;
          }}
        >
          {`Show ${Math.min(fewMembers, members.length - shown.value)} more of ${members.length}`}
        </button>
      )}
    </details>
  );
}

function Text({ text, isQuoted = false }: { readonly text: string; readonly isQuoted?: boolean }) {
  const isWhole = useSignal(text.length <= fewCharacters);
  const shown = visibleText(isWhole.value ? text : text.slice(0, fewCharacters));
  return (
    <>
      <bdi class="value-text">{isQuoted ? `"${shown}${isWhole.value ? '"' : ''}` : shown}</bdi>
      {!isWhole.value && (
        <>
          …{' '}
          <button
            type="button"
            class="button small"
            onClick={() => {
              isWhole.value = true;
            }}
          >
            {`Show all ${text.length} characters`}
          </button>
        </>
      )}
    </>
  );
}
