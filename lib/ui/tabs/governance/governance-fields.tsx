import { useId, type JSX } from 'react';
import type { Draft } from '../../forms/draft.js';
import { FormField, ChangedMark } from '../../forms/form-field.js';
import { typedInteger } from '../../forms/typed-integer.js';
import { KNOBS, MODES } from './knobs.js';

interface FieldsProps {
  readonly draft: Draft;
  readonly errors: Readonly<Record<string, string>>;
}

/** The two modes and the three limits. */
export function GovernanceFields({ draft, errors }: FieldsProps): JSX.Element {
  return (
    <>
      <Modes draft={draft} errors={errors} />
      <fieldset className="governance-limits">
        <legend>Limits</legend>
        <p className="field-hint">
          Empty: no limit here. A limit applies in addition to the limits of a scenario and can only tighten
          them.
        </p>
        <div className="governance-limit-fields">
          {KNOBS.map(({ pointer, label, hint }) => (
            <FormField
              key={pointer}
              label={label}
              hint={hint}
              error={errors[pointer]}
              changed={pointer in draft.edits}
            >
              {(control) => (
                <input
                  {...control}
                  inputMode="numeric"
                  placeholder="not limited"
                  value={shown(draft.value(pointer))}
                  onChange={({ target }) => {
                    draft.edit(pointer, typedInteger(target.value));
                  }}
                />
              )}
            </FormField>
          ))}
        </div>
      </fieldset>
    </>
  );
}

/** Each mode has its Codex mode: choosing one sets the other, so that they are always consistent. */
function Modes({ draft, errors }: FieldsProps): JSX.Element {
  const choose = (pair: { readonly mode: string; readonly codex: string } | undefined): void => {
    draft.edit('/mode', pair?.mode ?? null);
    draft.edit('/codex_action_mode', pair?.codex ?? null);
  };
  return (
    <div className="governance-modes">
      <ModeChoice
        legend="Mode"
        unset="A scenario keeps its own mode; without one it has OFF, or OBSERVE if the Codex is on."
        choices={MODES.map(({ mode, of_runs }) => ({ value: mode, about: of_runs }))}
        value={wordOf(draft, '/mode')}
        error={errors['/mode']}
        changed={'/mode' in draft.edits}
        onChange={(mode) => {
          choose(MODES.find((pair) => pair.mode === mode));
        }}
      />
      <ModeChoice
        legend="Codex action mode"
        unset="Follows the mode of the run."
        choices={MODES.map(({ codex, of_codex }) => ({ value: codex, about: of_codex }))}
        value={wordOf(draft, '/codex_action_mode')}
        error={errors['/codex_action_mode']}
        changed={'/codex_action_mode' in draft.edits}
        onChange={(codex) => {
          choose(MODES.find((pair) => pair.codex === codex));
        }}
      />
    </div>
  );
}

function wordOf(draft: Draft, pointer: string): string | null {
  const value = draft.value(pointer);
  return typeof value === 'string' ? value : null;
}

function shown(value: unknown): string {
  return value === null || value === undefined ? '' : String(value as string | number);
}

/** One word with its meaning. */
interface Choice {
  readonly value: string;
  readonly about: string;
}

/** A choice of one of a few words, each with its meaning, or of none. */
function ModeChoice({
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
