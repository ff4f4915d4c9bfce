import type { JSX } from 'react';
import type { GoldenStatus } from '../../../service/wire/index.js';
import { shownNumber } from '../../parts/numbers.js';

/** Number of goldens in each state; pressing one filters the list. */
export function GoldenStates({
  goldens,
  state,
  onState,
}: {
  readonly goldens: readonly GoldenStatus[];
  readonly state: string;
  readonly onState: (state: string) => void;
}): JSX.Element {
  const states = [...new Set([...goldens.map((golden) => golden.state as string), state])]
    .filter((word) => word !== '')
    .sort();
  const count = (word: string): number =>
    goldens.filter((golden) => word === '' || golden.state === word).length;
  return (
    <div className="row" role="group" aria-label="Filter by state">
      {['', ...states].map((word) => (
        <button
          key={word}
          type="button"
          aria-pressed={state === word}
          onClick={() => {
            onState(word);
          }}
        >
          {word === '' ? 'all' : word} {shownNumber(count(word))}
        </button>
      ))}
    </div>
  );
}
