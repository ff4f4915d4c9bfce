import type { JSX } from 'react';
import type { RunStatus } from '../../service/wire/index.js';

/** What the service is doing, as one word with a colour that is never the only sign. */
export function StatePill({
  run,
  unreachable = false,
}: {
  readonly run: RunStatus | null | undefined;
  readonly unreachable?: boolean;
}): JSX.Element {
  const word = unreachable ? 'unreachable' : run === undefined ? 'connecting' : wordOf(run);
  return (
    <span className="pill" data-state={word} role="status" aria-label={`State: ${word}`}>
      {word}
    </span>
  );
}

function wordOf(run: RunStatus | null): string {
  if (run === null) return 'idle';
  return run.paused ? 'paused' : run.state;
}
