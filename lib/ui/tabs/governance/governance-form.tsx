import type { FormEvent, JSX } from 'react';
import type { GovernanceSnapshot } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';
import type { Draft } from '../../forms/draft.js';
import { sortErrors, withoutFields } from '../../forms/field-errors.js';
import { useFocusOnInvalid } from '../../forms/focus-invalid.js';
import { nested } from '../../forms/pointers.js';
import { SaveBar } from '../../forms/save-bar.js';
import { useSaving, type Saving } from '../../forms/saving.js';
import { Card } from '../../parts/card.js';
import { GovernanceFields } from './governance-fields.js';
import { readGovernance, useRemember, versionOf } from './governance-queries.js';
import { KNOBS } from './knobs.js';

const POINTERS = ['/mode', '/codex_action_mode', ...KNOBS.map(({ pointer }) => pointer)];

/** The preview of the current edits, shown beside the form. */
export interface AskedPreview {
  readonly ask: () => void;
  readonly error: unknown;
  readonly isPending: boolean;
}

/** The knobs, with preview and apply. */
export function GovernanceForm({
  draft,
  preview,
}: {
  readonly draft: Draft;
  readonly preview: AskedPreview;
}): JSX.Element {
  const saving = useGovernanceSaving(draft);
  const error = saving.error ?? preview.error;
  const isAnswered = (at: string): boolean => saving.error !== null && draft.edits[at] !== saving.sent?.[at];
  const refused = sortErrors(error, POINTERS, isAnswered);
  const form = useFocusOnInvalid(error);
  const wrong = localErrors(draft);
  const isWrong = Object.keys(wrong).length > 0;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (draft.dirty && !isWrong && !saving.isPending) saving.save();
  };
  return (
    <Card title="Base governance">
      <p className="muted">
        Applies to future runs. Running runs keep the governance they were started with.
      </p>
      <form ref={form} onSubmit={submit} noValidate aria-label="Base governance">
        <GovernanceFields draft={draft} errors={{ ...refused.byField, ...wrong }} />
        <SaveBar
          draft={draft}
          saving={saving}
          error={withoutFields(error, refused)}
          isWrong={isWrong}
          words={{
            save: 'Apply',
            saving: 'Applying…',
            saved: 'Applied to future runs.',
            unsaved: 'Not applied yet. The preview shows which goldens would change.',
          }}
        >
          <button
            type="button"
            disabled={!draft.dirty || isWrong || preview.isPending}
            onClick={() => {
              saving.forget();
              preview.ask();
            }}
          >
            {preview.isPending ? 'Working…' : 'Preview'}
          </button>
        </SaveBar>
      </form>
    </Card>
  );
}

function useGovernanceSaving(draft: Draft): Saving {
  const remember = useRemember();
  return useSaving(draft, {
    send: async ({ edits, base }) => {
      const headers = { 'if-match': base.etag };
      const request = { method: 'POST', body: nested(edits), headers } as const;
      remember(readGovernance(await ask<GovernanceSnapshot>('/governance', request)));
    },
    read: async () => {
      const read = readGovernance(await ask<GovernanceSnapshot>('/governance'));
      remember(read);
      return versionOf(read);
    },
  });
}

function localErrors(draft: Draft): Readonly<Record<string, string>> {
  const wrong = KNOBS.filter(({ pointer }) => {
    const value = draft.value(pointer);
    return value !== null && !(typeof value === 'number' && value >= 0);
  });
  return Object.fromEntries(
    wrong.map(({ pointer }) => [pointer, 'must be a whole number from 0, or empty for no limit']),
  );
}
