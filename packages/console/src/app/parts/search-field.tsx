export interface SearchFieldProps {
  readonly label: string;
  /** @default - the label */
  readonly placeholder?: string;
  readonly value: string | undefined;
  /** Called with the text, or with undefined once there is none. */
  readonly onText: (text: string | undefined) => void;
  /** Id of a list of proposals. */
  readonly list?: string;
}

/** Field that narrows a list. The key `/` goes to it. */
export const SearchField = ({ label, placeholder = label, value = '', onText, list }: SearchFieldProps) => (
  <input
    type="search"
    data-filter
    list={list}
    aria-label={label}
    placeholder={placeholder}
    value={value}
    onInput={({ currentTarget }) => {
      onText(currentTarget.value === '' ? undefined : currentTarget.value);
    }}
  />
);
