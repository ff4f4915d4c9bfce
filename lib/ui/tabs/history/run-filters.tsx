import { useId, type JSX } from 'react';
import type { RunResult } from '../../../service/wire/index.js';
import type { RunFilter } from './run-filter.js';
import { SelectField, wordOptions } from '../../parts/select-field.js';
import type { UrlChanges } from '../../parts/url-words.js';

const RESULTS: readonly RunResult[] = ['completed', 'fault', 'cancelled'];

/** The filter fields of the list of runs. */
export function RunFilters({
  filter,
  scenarios,
  onText,
  onChange,
}: {
  readonly filter: RunFilter;
  readonly scenarios: readonly string[];
  readonly onText: (text: string) => void;
  readonly onChange: (changes: UrlChanges) => void;
}): JSX.Element {
  const id = useId();
  return (
    <form
      className="history-filters"
      role="search"
      aria-label="Filter runs"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <div className="field">
        <label htmlFor={`${id}-text`}>Text</label>
        <input
          id={`${id}-text`}
          type="search"
          placeholder="Name, id or fault"
          value={filter.text}
          onChange={({ target }) => {
            onText(target.value);
          }}
        />
      </div>
      <SelectField
        label="Scenario"
        value={filter.scenario}
        any="any"
        options={wordOptions(scenarios)}
        onChange={(scenario) => {
          onChange({ scenario });
        }}
      />
      <SelectField
        label="Result"
        value={filter.result}
        any="any"
        options={wordOptions(RESULTS)}
        onChange={(result) => {
          onChange({ result });
        }}
      />
      <div className="field">
        <label htmlFor={`${id}-since`}>Started since</label>
        <input
          id={`${id}-since`}
          type="datetime-local"
          value={localInstant(filter.since)}
          onChange={({ target }) => {
            onChange({ since: target.value === '' ? '' : new Date(target.value).toISOString() });
          }}
        />
      </div>
    </form>
  );
}

/** An instant in the form of the field: local time without its zone. */
function localInstant(instant: string): string {
  const at = Date.parse(instant);
  if (Number.isNaN(at)) return '';
  const minutes = new Date(at).getTimezoneOffset();
  return new Date(at - minutes * 60_000).toISOString().slice(0, 16);
}
