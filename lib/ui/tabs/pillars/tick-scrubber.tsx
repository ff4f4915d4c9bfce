import { useEffect, useId, useState, type JSX } from 'react';
import { shownNumber } from '../../parts/numbers.js';
import type { TickChoice } from './use-tick.js';

/** Delay between two ticks while playing; the next one also waits until the last one is loaded. */
const STEP_MS = 260;

/** Selects a tick: a slider, and buttons for the ends, single steps and playing. */
export function TickScrubber({
  tick,
  last,
  isThere,
}: {
  readonly tick: TickChoice;
  readonly last: number;
  /** True if the data of the selected tick is loaded. */
  readonly isThere: boolean;
}): JSX.Element {
  const id = useId();
  const [isPlaying, setPlaying] = usePlaying({ tick, last, isThere });
  const { shown, choose } = tick;
  const go = (to: number): void => {
    setPlaying(false);
    choose(Math.max(1, Math.min(last, to)));
  };
  return (
    <div className="pillars-scrubber" role="group" aria-label="Tick">
      <Step label="First tick" mark="|‹" isEnd={shown <= 1} onGo={() => go(1)} />
      <Step label="Previous tick" mark="‹" isEnd={shown <= 1} onGo={() => go(shown - 1)} />
      <button
        type="button"
        className="pillars-play"
        onClick={() => {
          if (!isPlaying && shown >= last) choose(1);
          setPlaying(!isPlaying);
        }}
      >
        {isPlaying ? 'Pause' : 'Play'}
      </button>
      <Step label="Next tick" mark="›" isEnd={shown >= last} onGo={() => go(shown + 1)} />
      <Step label="Last tick" mark="›|" isEnd={shown >= last} onGo={() => go(last)} />
      <label className="visually-hidden" htmlFor={id}>
        Tick
      </label>
      <input
        id={id}
        type="range"
        min={1}
        max={last}
        value={shown}
        aria-valuetext={`tick ${shown} of ${last}`}
        onChange={({ target }) => go(Number(target.value))}
      />
      <output htmlFor={id} aria-live="off">
        tick {shownNumber(shown)} of {shownNumber(last)}
      </output>
    </div>
  );
}

/** Stays focusable at the end of the range, so that stepping by keyboard keeps the focus. */
function Step(props: {
  readonly label: string;
  readonly mark: string;
  readonly isEnd: boolean;
  readonly onGo: () => void;
}): JSX.Element {
  const { label, mark, isEnd, onGo } = props;
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-disabled={isEnd}
      onClick={isEnd ? undefined : onGo}
    >
      {mark}
    </button>
  );
}

function usePlaying({
  tick: { shown, settled, choose },
  last,
  isThere,
}: {
  readonly tick: TickChoice;
  readonly last: number;
  readonly isThere: boolean;
}): [boolean, (isPlaying: boolean) => void] {
  const [isPlaying, setPlaying] = useState(false);
  useEffect(() => {
    if (!isPlaying || !isThere || shown !== settled) return undefined;
    if (shown >= last) {
      setPlaying(false);
      return undefined;
    }
    const timer = setTimeout(() => {
      choose(shown + 1);
    }, STEP_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [isPlaying, isThere, shown, settled, last, choose]);
  return [isPlaying, setPlaying];
}
