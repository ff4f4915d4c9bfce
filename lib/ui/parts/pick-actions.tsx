import type { JSX } from 'react';
import { useNavigate } from 'react-router';

/** Actions for picked runs: exactly two can be compared. */
export function PickActions({
  picked,
  onClear,
}: {
  readonly picked: readonly string[];
  readonly onClear: () => void;
}): JSX.Element {
  const navigate = useNavigate();
  const [a, b, ...others] = picked;
  const isPair = a !== undefined && b !== undefined && others.length === 0;
  return (
    <>
      <span className="muted" role="status">
        {picked.length === 0 ? '' : `${picked.length} picked`}
      </span>
      <button type="button" disabled={picked.length === 0} onClick={onClear}>
        Clear picks
      </button>
      <button
        type="button"
        disabled={!isPair}
        title="Pick exactly two runs"
        onClick={() => {
          if (isPair) void navigate(`/history/compare?${new URLSearchParams({ a, b }).toString()}`);
        }}
      >
        Compare
      </button>
    </>
  );
}
