import { useId, useState, type JSX } from 'react';
import type { WireTablePage } from '../../../service/wire/index.js';
import { shownNumber } from '../../parts/numbers.js';
import { toggled } from '../../parts/toggled.js';
import { ID } from './sweep-question.js';

/** Maximum number of rendered boxes. */
const MOST_BOXES = 120;

/** A box for each column of the runs of the store. */
export function ColumnChooser({
  table,
  chosen,
  onChoose,
}: {
  readonly table: WireTablePage;
  /** Chosen columns; empty for the default ones. */
  readonly chosen: readonly string[];
  readonly onChoose: (columns: readonly string[]) => void;
}): JSX.Element {
  const id = useId();
  const [text, setText] = useState('');
  const usual = table.columns.map(({ name }) => name).filter((name) => name !== ID);
  const shown = chosen.length > 0 ? chosen : usual;
  const others = table.available.filter((name) => !shown.includes(name));
  const matching = [...shown, ...others].filter((name) => name.toLowerCase().includes(text.toLowerCase()));
  const hidden = matching.length - MOST_BOXES + table.available_total - table.available.length;
  return (
    <fieldset className="sweeps-columns">
      <legend>Columns</legend>
      <div className="row">
        <label htmlFor={id}>Find</label>
        <input
          id={id}
          type="search"
          value={text}
          onChange={({ target }) => {
            setText(target.value);
          }}
        />
        <button
          type="button"
          disabled={chosen.length === 0}
          onClick={() => {
            onChoose([]);
          }}
        >
          Usual columns
        </button>
      </div>
      <div className="sweeps-boxes">
        {matching.slice(0, MOST_BOXES).map((name) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={shown.includes(name)}
              disabled={shown.length === 1 && shown[0] === name}
              onChange={() => {
                onChoose(toggled(shown, name));
              }}
            />
            <span>{name}</span>
          </label>
        ))}
      </div>
      {hidden > 0 && (
        <p className="muted">
          {shownNumber(Math.min(matching.length, MOST_BOXES))} columns are shown, {shownNumber(hidden)} more
          are hidden; search by name.
        </p>
      )}
    </fieldset>
  );
}
