import type { JSX } from 'react';
import { ApiError } from '../api/client.js';
import { useLastAnswer } from '../api/live-state.js';

/** Shows an error and, if possible, a retry. Never blocks the page. */
export function ErrorNotice({
  error,
  onRetry,
  onDismiss,
}: {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
  readonly onDismiss?: (() => void) | undefined;
}): JSX.Element | null {
  const answeredAt = useLastAnswer();
  if (error === null || error === undefined) return null;
  const isPast = error instanceof ApiError && error.code === 'unreachable' && error.at < answeredAt;
  const message = isPast
    ? 'The request failed. The service is available again.'
    : error instanceof Error
      ? error.message
      : String(error);
  const fields = error instanceof ApiError ? error.fields : [];
  return (
    <div className={isPast ? 'notice notice-warn' : 'notice notice-error'} role="alert">
      <p>{message}</p>
      {fields.length > 0 && (
        <ul>
          {fields.map(({ pointer, detail }) => (
            <li key={`${pointer} ${detail}`}>
              <code>{pointer}</code> {detail}
            </li>
          ))}
        </ul>
      )}
      {onRetry !== undefined && (
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      )}
      {onDismiss !== undefined && (
        <button type="button" onClick={onDismiss}>
          Dismiss
        </button>
      )}
    </div>
  );
}
