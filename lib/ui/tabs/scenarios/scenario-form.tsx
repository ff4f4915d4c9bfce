import type { FormEvent, JSX } from 'react';
import type { ScenarioDetail } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';
import type { Draft } from '../../forms/draft.js';
import { sortErrors, withoutFields } from '../../forms/field-errors.js';
import { useFocusOnInvalid } from '../../forms/focus-invalid.js';
import { nested } from '../../forms/pointers.js';
import { SaveBar } from '../../forms/save-bar.js';
import { useSaving, type Saving } from '../../forms/saving.js';
import { Card } from '../../parts/card.js';
import { checkValue } from './check-value.js';
import { leavesOf, type FormNode } from './form-tree.js';
import { readScenario, scenarioPath, useRemember } from './scenario-queries.js';
import { versionOf } from './scenario-version.js';
import { SchemaFields } from './schema-fields.js';

/** The form of a scenario; saves only the changed fields. */
export function ScenarioForm({
  id,
  nodes,
  draft,
}: {
  readonly id: string;
  readonly nodes: readonly FormNode[];
  readonly draft: Draft;
}): JSX.Element {
  const pointers = leavesOf(nodes).map(({ pointer }) => pointer);
  const wrong = localErrors(nodes, draft);
  const isWrong = Object.keys(wrong).length > 0;
  const saving = useScenarioSaving(id, nodes, draft);
  const refused = sortErrors(saving.error, pointers, (at) => draft.edits[at] !== saving.sent?.[at]);
  const form = useFocusOnInvalid(saving.error);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (draft.dirty && !isWrong && !saving.isPending) saving.save();
  };
  return (
    <Card title="Edit">
      <form ref={form} onSubmit={submit} noValidate aria-label="Scenario">
        <div className="schema-fields">
          <SchemaFields nodes={nodes} draft={draft} errors={{ ...refused.byField, ...wrong }} />
        </div>
        <SaveBar
          draft={draft}
          saving={saving}
          error={withoutFields(saving.error, refused)}
          isWrong={isWrong}
          words={{
            save: 'Save',
            saving: 'Saving…',
            saved: 'Saved.',
            unsaved: `Fields changed: ${Object.keys(draft.edits).length}. Nothing is saved yet.`,
          }}
        />
      </form>
    </Card>
  );
}

function useScenarioSaving(id: string, nodes: readonly FormNode[], draft: Draft): Saving {
  const remember = useRemember();
  return useSaving(draft, {
    send: async ({ edits, base }) => {
      const headers = { 'if-match': base.etag };
      const request = { method: 'POST', body: nested(edits), headers } as const;
      void remember(readScenario(await ask<ScenarioDetail>(scenarioPath(id), request)));
    },
    read: async () => {
      const read = readScenario(await ask<ScenarioDetail>(scenarioPath(id)));
      void remember(read);
      return versionOf(read, nodes);
    },
  });
}

/** Only edited fields are validated here; the service validates the document. */
function localErrors(nodes: readonly FormNode[], draft: Draft): Readonly<Record<string, string>> {
  const found = leavesOf(nodes)
    .filter(({ pointer }) => pointer in draft.edits)
    .map((leaf) => [leaf.pointer, checkValue(leaf, draft.value(leaf.pointer))] as const);
  return Object.fromEntries(found.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
