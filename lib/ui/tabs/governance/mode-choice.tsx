import { useId, type JSX } from 'react';
import { ChangedMark } from '../../forms/form-field.js';

/** One word with its meaning. */
export interface Choice {
  readonly value: string;
  readonly about: string;
}

/** A choice of one of a few words, each with its meaning, or of none. */
export function ModeChoice({
  legend,
  choices,
  unset,
  value,
  error,
  changed,
  onChange,
}: {
  readonly legend: string;
  readonly choices: readonly Choice[];
  /** Meaning of no choice. */
  readonly unset: string;
  readonly value: string | null;
  readonly error: string | undefined;
  readonly changed: boolean;
  readonly onChange: (value: string | null) => void;
}): JSX.Element {
  const id = useId();
  const all = [{ value: null, about: unset }, ...choices];
  return (
    <fieldset className="mode-choice" aria-describedby={`${id}-error`}>
      <legend>
        {legend}
        <ChangedMark changed={changed} />
      </legend>
      {all.map((choice, index) => (
        <label key={choice.value ?? ''} className="mode-option" htmlFor={`${id}-${index}`}>
          <input
            type="radio"
            id={`${id}-${index}`}
            name={id}
            checked={value === choice.value}
            aria-label={choice.value ?? 'Not set'}
            aria-describedby={`${id}-${index}-about`}
            onChange={() => {
              onChange(choice.value);
            }}
          />
          <span className="mode-option-word">{choice.value ?? 'Not set'}</span>
          <span className="field-hint" id={`${id}-${index}-about`}>
            {choice.about}
          </span>
        </label>
      ))}
      <p className="field-error" id={`${id}-error`}>
        {error}
      </p>
    </fieldset>
  );
}
