import { useRef, useState, type JSX, type KeyboardEvent } from 'react';
import type { ControlProps } from '../../forms/form-field.js';

/** A list of words: each with a remove button, and a field to add more, ended by Enter or a comma. */
export function ListControl({
  control,
  label,
  value,
  unique,
  onChange,
}: {
  readonly control: ControlProps;
  readonly label: string;
  readonly value: readonly string[];
  readonly unique: boolean;
  readonly onChange: (value: readonly string[]) => void;
}): JSX.Element {
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const add = (): void => {
    const words = wordsOf(text).filter((word) => !(unique && value.includes(word)));
    if (words.length > 0) onChange([...value, ...(unique ? new Set(words) : words)]);
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault();
      add();
    } else if (event.key === 'Backspace' && text === '' && value.length > 0) {
      onChange(value.slice(0, -1));
    }
  };
  return (
    <div className="chips">
      {value.map((word, index) => (
        <span key={`${index} ${word}`} className="chip">
          {word}
          <button
            type="button"
            aria-label={`Remove ${word} from ${label}`}
            onClick={() => {
              onChange(value.filter((_, at) => at !== index));
              input.current?.focus();
            }}
          >
            ×
          </button>
        </span>
      ))}
      <input
        {...control}
        ref={input}
        value={text}
        placeholder="Add, then Enter"
        onChange={(event) => {
          setText(event.target.value);
        }}
        onKeyDown={onKeyDown}
        onBlur={add}
      />
    </div>
  );
}

/** Splits typed or pasted text at its commas. */
function wordsOf(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
