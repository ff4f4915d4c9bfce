import type { JSX } from 'react';
import type { RunStatus } from '../../service/wire/index.js';
import { runLook, runWord } from './run-pill.js';

/** State of the service as one word; the colour is never the only sign. */
export function StatePill({
  run,
  unreachable = false,
}: {
  readonly run: RunStatus | null | undefined;
  readonly unreachable?: boolean;
}): JSX.Element {
  const own = unreachable ? 'unreachable' : run === undefined ? 'connecting' : run === null ? 'idle' : null;
  const word = own ?? runWord(run!);
  return (
    <span className="pill" data-state={own ?? runLook(run!)} role="status" aria-label={`State: ${word}`}>
      {word}
    </span>
  );
}
