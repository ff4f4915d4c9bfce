import { useEffect, useRef, useState, type JSX } from 'react';
import { Link, useLocation } from 'react-router';
import type { ScenarioSummary } from '../../../service/wire/index.js';
import { Card } from '../../parts/card.js';
import { EmptyState } from '../../parts/empty-state.js';
import { shownNumber } from '../../parts/numbers.js';
import { useUrlText } from './use-url-text.js';

/** Maximum number of listed scenarios; more are found by searching. */
const SHOWN = 200;

/** The registry with text and tag filters; the active one is marked. */
export function ScenarioList({
  scenarios,
  selected,
  active,
}: {
  readonly scenarios: readonly ScenarioSummary[];
  readonly selected: string;
  readonly active: string | undefined;
}): JSX.Element {
  const [words, setWords] = useUrlText('q');
  const [tag, setTag] = useUrlText('tag');
  const [shown, setShown] = useState(SHOWN);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    bringIntoView(list.current, list.current?.querySelector('[aria-current]')?.parentElement);
  }, [selected]);
  const found = scenarios.filter((scenario) => matches(scenario, words, tag));
  return (
    <Card title="Scenarios">
      <div className="scenario-filters">
        <input
          type="search"
          aria-label="Search scenarios"
          placeholder="Search"
          value={words}
          onChange={({ target }) => {
            setWords(target.value);
          }}
        />
        <TagFilter scenarios={scenarios} value={tag} onChange={setTag} />
      </div>
      <p className="muted" role="status">
        {shownNumber(found.length)} of {shownNumber(scenarios.length)}
        {found.length > shown && `; the first ${shownNumber(shown)} are listed`}
      </p>
      {found.length === 0 && (
        <EmptyState title="No scenario matches">
          <button
            type="button"
            onClick={() => {
              setWords('');
              setTag('');
            }}
          >
            Clear the filters
          </button>
        </EmptyState>
      )}
      <ul ref={list} className="scenario-list" aria-label="Scenarios">
        {found.slice(0, shown).map((scenario) => (
          <ScenarioLine
            key={scenario.id}
            scenario={scenario}
            isSelected={scenario.id === selected}
            isActive={scenario.id === active}
          />
        ))}
      </ul>
      {found.length > shown && (
        <button
          type="button"
          onClick={() => {
            setShown(shown + SHOWN);
          }}
        >
          Show more
        </button>
      )}
    </Card>
  );
}

/** Scrolls the list, not the page. */
function bringIntoView(list: HTMLElement | null, line: HTMLElement | null | undefined): void {
  if (list === null || line === null || line === undefined) return;
  const top = line.offsetTop - list.offsetTop;
  const isSeen = top >= list.scrollTop && top + line.offsetHeight <= list.scrollTop + list.clientHeight;
  if (!isSeen) list.scrollTop = top - list.clientHeight / 2;
}

function ScenarioLine({
  scenario: { id, name, tags },
  isSelected,
  isActive,
}: {
  readonly scenario: ScenarioSummary;
  readonly isSelected: boolean;
  readonly isActive: boolean;
}): JSX.Element {
  const { search } = useLocation();
  return (
    <li>
      <Link
        className="scenario-line"
        to={{ pathname: `/scenarios/${encodeURIComponent(id)}`, search }}
        aria-current={isSelected ? 'true' : undefined}
      >
        <span className="scenario-line-name">{name}</span>
        {isActive && <span className="pill scenario-active">active</span>}
        <span className="scenario-line-about">
          <span className="mono">{id}</span> {tags.join(', ')}
        </span>
      </Link>
    </li>
  );
}

function TagFilter({
  scenarios,
  value,
  onChange,
}: {
  readonly scenarios: readonly ScenarioSummary[];
  readonly value: string;
  readonly onChange: (tag: string) => void;
}): JSX.Element {
  const tags = [
    ...new Set([...scenarios.flatMap((scenario) => scenario.tags), ...(value === '' ? [] : [value])]),
  ];
  return (
    <select
      aria-label="Tag"
      value={value}
      onChange={({ target }) => {
        onChange(target.value);
      }}
    >
      <option value="">All tags</option>
      {tags.sort().map((tag) => (
        <option key={tag}>{tag}</option>
      ))}
    </select>
  );
}

function matches({ id, name, description, tags }: ScenarioSummary, words: string, tag: string): boolean {
  if (tag !== '' && !tags.includes(tag)) return false;
  const text = `${id}\n${name}\n${description}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
