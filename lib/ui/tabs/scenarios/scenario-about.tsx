import type { JSX, ReactNode } from 'react';
import type { FieldError, ScenarioDetail } from '../../../service/wire/index.js';
import { Card } from '../../parts/card.js';
import { shownNumber } from '../../parts/numbers.js';
import { ScenarioActions } from './scenario-actions.js';
import type { ReadScenario } from './scenario-queries.js';

/** Description of a scenario, and its actions. */
export function ScenarioAbout({
  read,
  isActive,
  isDirty,
}: {
  readonly read: ReadScenario;
  readonly isActive: boolean;
  readonly isDirty: boolean;
}): JSX.Element {
  const { detail } = read;
  const { problems, ...advanced } = detail.advanced ?? {};
  return (
    <Card
      title={detail.name}
      actions={
        <>
          {isActive && <span className="pill scenario-active">active</span>}
          <code className="muted">{detail.id}</code>
        </>
      }
    >
      <p className="scenario-description">
        {detail.description === '' ? <span className="muted">No description.</span> : detail.description}
      </p>
      <ScenarioFacts detail={detail} />
      <Problems problems={problems as readonly FieldError[] | undefined} />
      <ScenarioActions read={read} isActive={isActive} isDirty={isDirty} />
      <details className="scenario-advanced">
        <summary>Advanced: run, windows, sweep and knobs</summary>
        <JsonFacts value={advanced} />
      </details>
    </Card>
  );
}

function ScenarioFacts({ detail }: { readonly detail: ScenarioDetail }): JSX.Element {
  const { core_params: core } = detail;
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['Tags', detail.tags.length === 0 ? '–' : <Words key="tags" words={detail.tags} />],
    ['Pillars', detail.pillars.length === 0 ? '–' : detail.pillars.join(', ')],
    ['Size', detail.runtime_hint === '' ? '–' : detail.runtime_hint],
    ['Ticks', shownNumber(core.ticks_total)],
    ['Primary window', core.primary_window_id ?? '–'],
    ['Records', recordsOf(detail)],
    ['Governance', detail.governance_preset ?? '–'],
    ['RunConfig', <code key="config">{detail.run_config_id}</code>],
  ];
  return (
    <dl className="facts scenario-facts">
      {facts.map(([name, value]) => (
        <div key={name} className="scenario-fact">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Words({ words }: { readonly words: readonly string[] }): JSX.Element {
  return (
    <span className="chips-plain">
      {words.map((word) => (
        <span key={word} className="chip">
          {word}
        </span>
      ))}
    </span>
  );
}

function recordsOf({ core_params: { metrics_enabled, logging_enabled } }: ScenarioDetail): string {
  const kept = [
    ...(metrics_enabled === true ? ['metrics'] : []),
    ...(logging_enabled === true ? ['log'] : []),
  ];
  if (metrics_enabled === null) return '–';
  return kept.length === 0 ? 'no metrics, no log' : kept.join(', ');
}

/** Why a scenario cannot run. */
function Problems({
  problems = [],
}: {
  readonly problems?: readonly FieldError[] | undefined;
}): JSX.Element | null {
  if (problems.length === 0) return null;
  return (
    <div className="notice notice-error" role="group" aria-label="Problems of the documents">
      <p>The documents of this scenario are invalid; no run of it can start.</p>
      <ul>
        {problems.map(({ file, line, column, pointer, detail, hint }) => (
          <li key={`${pointer} ${detail}`}>
            <code>
              {file}:{line}:{column}
            </code>{' '}
            {detail}
            {hint === undefined ? '' : ` (${hint})`}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Any JSON value for reading: objects as facts, lists as lists. */
function JsonFacts({ value }: { readonly value: unknown }): JSX.Element {
  if (Array.isArray(value)) return <JsonList values={value} />;
  if (typeof value !== 'object' || value === null) return <>{shown(value)}</>;
  const entries = Object.entries(value);
  if (entries.length === 0) return <span className="muted">none</span>;
  return (
    <dl className="facts json-facts">
      {entries.map(([key, inner]) => (
        <div key={key} className="json-fact">
          <dt>{key.replaceAll('_', ' ')}</dt>
          <dd>
            <JsonFacts value={inner} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function JsonList({ values }: { readonly values: readonly unknown[] }): JSX.Element {
  if (values.length === 0) return <span className="muted">none</span>;
  if (values.every((value) => typeof value !== 'object' || value === null))
    return <>{values.map(shown).join(', ')}</>;
  return (
    <ol className="json-list">
      {values.map((value, index) => (
        <li key={index}>
          <JsonFacts value={value} />
        </li>
      ))}
    </ol>
  );
}

function shown(value: unknown): string {
  if (value === null || value === '') return '–';
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}
