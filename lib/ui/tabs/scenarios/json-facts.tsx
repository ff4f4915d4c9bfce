import type { JSX } from 'react';

/** Any JSON value for reading: objects as facts, lists as lists. */
export function JsonFacts({ value }: { readonly value: unknown }): JSX.Element {
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
