import { useId, type JSX, type ReactNode } from 'react';

export interface SelectOption {
  readonly value: string;
  readonly text: string;
}

/**
 * A labelled choice of one word. A value that is not offered is shown as well, because an address may contain
 * any.
 */
export function SelectField({
  label,
  any,
  value,
  options,
  unlisted = value,
  onChange,
  children,
}: {
  readonly label: string;
  /** Text of the empty value, which means no choice; absent if a value is always chosen. */
  readonly any?: string;
  readonly value: string;
  readonly options: readonly SelectOption[];
  /** Text of a value that is not offered. */
  readonly unlisted?: string;
  readonly onChange: (value: string) => void;
  /** Content below the field. */
  readonly children?: ReactNode;
}): JSX.Element {
  const id = useId();
  const isOffered = (any !== undefined && value === '') || options.some((option) => option.value === value);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={({ target }) => {
          onChange(target.value);
        }}
      >
        {any !== undefined && <option value="">{any}</option>}
        {!isOffered && <option value={value}>{unlisted}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
      {children}
    </div>
  );
}

/** Words whose texts are the words themselves. */
export function wordOptions(words: Iterable<string>): readonly SelectOption[] {
  return [...words].map((word) => ({ value: word, text: word }));
}
