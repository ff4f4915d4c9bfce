import { useId, useState, type JSX } from 'react';
import type { ScenarioSummary, StartBatch } from '../../../service/wire/index.js';
import { toggled } from '../../parts/toggled.js';
import type { UrlWords } from '../../parts/url-words.js';

/** The scenarios of a batch: the chosen ones that have a chosen tag; without a choice, all. */
export function ScenarioChoice({
  scenarios,
  request: { tags = [], scenarios: ids = [], force = false },
  onChange,
}: {
  readonly scenarios: readonly ScenarioSummary[];
  readonly request: StartBatch;
  readonly onChange: UrlWords['change'];
}): JSX.Element {
  const allTags = [...new Set(scenarios.flatMap((scenario) => scenario.tags))].sort();
  const taken = scenarios.filter(
    (scenario) =>
      (tags.length === 0 || scenario.tags.some((tag) => tags.includes(tag))) &&
      (ids.length === 0 || ids.includes(scenario.id)),
  );
  return (
    <>
      <fieldset className="history-fieldset">
        <legend>Tags</legend>
        <div className="row">
          {allTags.length === 0 && <span className="muted">No scenario has a tag.</span>}
          {allTags.map((tag) => (
            <button
              key={tag}
              type="button"
              aria-pressed={tags.includes(tag)}
              onClick={() => {
                onChange((now) => ({ tag: toggled(now.getAll('tag'), tag) }));
              }}
            >
              {tag}
            </button>
          ))}
        </div>
      </fieldset>
      <ScenarioBoxes
        scenarios={scenarios}
        ids={ids}
        onToggle={(id) => {
          onChange((now) => ({ scenario: toggled(now.getAll('scenario'), id) }));
        }}
      />
      <label className="history-box">
        <input
          type="checkbox"
          checked={force}
          onChange={({ target }) => {
            onChange({ force: target.checked ? '1' : '' });
          }}
        />
        Execute every run, even if its result is stored
      </label>
      <p className="muted" role="status">
        {taken.length === scenarios.length
          ? `All ${scenarios.length} scenarios`
          : `${taken.length} of ${scenarios.length} scenarios`}
      </p>
    </>
  );
}

function ScenarioBoxes({
  scenarios,
  ids,
  onToggle,
}: {
  readonly scenarios: readonly ScenarioSummary[];
  readonly ids: readonly string[];
  readonly onToggle: (id: string) => void;
}): JSX.Element {
  const [part, setPart] = useState('');
  const field = useId();
  const wanted = part.trim().toLowerCase();
  const shown = scenarios.filter(
    ({ id, name }) => id.includes(wanted) || name.toLowerCase().includes(wanted) || ids.includes(id),
  );
  return (
    <fieldset className="history-fieldset">
      <legend>Scenarios</legend>
      <label className="visually-hidden" htmlFor={field}>
        Find scenarios
      </label>
      <input
        id={field}
        type="search"
        placeholder="Find scenarios"
        value={part}
        onChange={({ target }) => {
          setPart(target.value);
        }}
      />
      <div className="history-boxes" tabIndex={0} role="group" aria-label="Scenarios to choose from">
        {shown.map(({ id, name }) => (
          <label key={id} className="history-box">
            <input
              type="checkbox"
              checked={ids.includes(id)}
              onChange={() => {
                onToggle(id);
              }}
            />
            <span>
              {id} {name !== id && <span className="muted">{name}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
