import type { JSX } from 'react';
import { ApiError } from '../api/client.js';
import { ErrorNotice } from '../parts/error-notice.js';

/** Result of a save, in a place that is always present. */
export function SaveNotice({
  error,
  saved,
  idle,
  onTheirs,
  onKeep,
}: {
  readonly error: unknown;
  /** Text after a success. */
  readonly saved: string | null;
  /** Text if there is nothing else to show. */
  readonly idle: string;
  readonly onTheirs: () => void;
  readonly onKeep: () => void;
}): JSX.Element {
  return (
    <div className="save-notice">
      {isConflict(error) ? (
        <div className="notice notice-warn" role="alert">
          <p>This document has changed since you opened it. Your changes are not saved.</p>
          <button type="button" onClick={onTheirs}>
            Load the new version
          </button>
          <button type="button" onClick={onKeep}>
            Apply my changes to the new version
          </button>
        </div>
      ) : error !== null && error !== undefined ? (
        <ErrorNotice error={error} />
      ) : (
        <p role="status" className={saved === null ? 'muted' : 'save-notice-done'}>
          {saved ?? idle}
        </p>
      )}
    </div>
  );
}

/** True if a refusal reports that the document has changed since it was read. */
function isConflict(error: unknown): boolean {
  return error instanceof ApiError && error.status === 412;
}
