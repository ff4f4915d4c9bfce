import type { JSX, ReactNode } from 'react';
import type { Draft } from './draft.js';
import type { Saving } from './saving.js';
import { ApiError } from '../api/client.js';
import { ErrorNotice } from '../parts/error-notice.js';

/** The footer of a form: result of the last save, the save button, and the reset button. */
export function SaveBar({
  draft,
  saving,
  error,
  isWrong,
  words,
  children,
}: {
  readonly draft: Draft;
  readonly saving: Saving;
  /** The refusal without the errors shown at fields. */
  readonly error: unknown;
  /** True while a field has an invalid value. */
  readonly isWrong: boolean;
  readonly words: {
    readonly save: string;
    readonly saving: string;
    readonly saved: string;
    readonly unsaved: string;
  };
  readonly children?: ReactNode;
}): JSX.Element {
  const { dirty } = draft;
  return (
    <div className="form-bar">
      <SaveNotice
        error={error}
        saved={saving.isSaved && !dirty ? words.saved : null}
        idle={dirty ? words.unsaved : 'No changes.'}
        onTheirs={saving.takeTheirs}
        onKeep={saving.keepMine}
      />
      <div className="row">
        {children}
        <button type="submit" className="primary" disabled={!dirty || isWrong || saving.isPending}>
          {saving.isPending ? words.saving : words.save}
        </button>
        <button
          type="button"
          disabled={!dirty || saving.isPending}
          onClick={() => {
            draft.reset();
            saving.forget();
          }}
        >
          Reset
        </button>
      </div>
    </div>
  );
}

/** Result of a save, in a place that is always present. */
function SaveNotice({
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
