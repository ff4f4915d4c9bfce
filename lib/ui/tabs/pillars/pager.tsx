import type { JSX } from 'react';
import { shownNumber } from '../../parts/numbers.js';

/** Pages through a long list. */
export function Pager({
  what,
  from,
  size,
  total,
  onGo,
}: {
  /** Name of the items, in plural. */
  readonly what: string;
  /** Position of the first item, from 1. */
  readonly from: number;
  readonly size: number;
  readonly total: number;
  readonly onGo: (from: number) => void;
}): JSX.Element | null {
  const lastPage = Math.max(1, Math.floor((total - 1) / size) * size + 1);
  const to = Math.min(from + size - 1, total);
  const range = `${shownNumber(from)}–${shownNumber(to)} of ${shownNumber(total)} ${what}`;
  if (total <= 1) return null;
  if (total <= size) return <p className="muted pillars-pager">{`${shownNumber(total)} ${what}`}</p>;
  return (
    <div className="row pillars-pager" role="group" aria-label={`Pages of ${what}`}>
      <Turn label="First" isEnd={from <= 1} onGo={() => onGo(1)} />
      <Turn label="Previous" isEnd={from <= 1} onGo={() => onGo(Math.max(1, from - size))} />
      <span className="pillars-pager-range">{range}</span>
      <Turn label="Next" isEnd={from >= lastPage} onGo={() => onGo(from + size)} />
      <Turn label="Last" isEnd={from >= lastPage} onGo={() => onGo(lastPage)} />
    </div>
  );
}

function Turn({
  label,
  isEnd,
  onGo,
}: {
  readonly label: string;
  readonly isEnd: boolean;
  readonly onGo: () => void;
}): JSX.Element {
  return (
    <button type="button" aria-disabled={isEnd} onClick={isEnd ? undefined : onGo}>
      {label}
    </button>
  );
}
