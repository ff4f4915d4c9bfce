import type { JSX, ReactNode } from 'react';
import type { Draft } from './draft.js';
import { SaveNotice } from './save-notice.js';
import type { Saving } from './saving.js';

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
