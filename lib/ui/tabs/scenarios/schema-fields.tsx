import type { JSX } from 'react';
import type { Draft } from '../../forms/draft.js';
import { FormField, type ControlProps } from '../../forms/form-field.js';
import type { FieldValue } from '../../forms/pointers.js';
import { typedInteger } from '../../forms/typed-integer.js';
import type { FormLeaf, FormNode } from './form-tree.js';
import { ListControl } from './list-control.js';

interface FieldsProps {
  readonly nodes: readonly FormNode[];
  readonly draft: Draft;
  readonly errors: Readonly<Record<string, string>>;
}

/** Controls for the fields of a schema; depends on kinds of fields, not on their names. */
export function SchemaFields({ nodes, draft, errors }: FieldsProps): JSX.Element {
  return (
    <>
      {nodes.map((node) =>
        node.kind === 'group' ? (
          <fieldset key={node.pointer} className="schema-group">
            <legend>{node.label}</legend>
            {node.hint !== undefined && <p className="field-hint">{node.hint}</p>}
            <div className="schema-fields">
              <SchemaFields nodes={node.fields} draft={draft} errors={errors} />
            </div>
          </fieldset>
        ) : (
          <LeafField key={node.pointer} leaf={node} draft={draft} error={errors[node.pointer]} />
        ),
      )}
    </>
  );
}

function LeafField({
  leaf,
  draft,
  error,
}: {
  readonly leaf: FormLeaf;
  readonly draft: Draft;
  readonly error: string | undefined;
}): JSX.Element {
  const { pointer, label, hint } = leaf;
  return (
    <div className={leaf.kind === 'long-text' ? 'schema-wide' : undefined}>
      <FormField label={label} hint={hint} error={error} changed={pointer in draft.edits}>
        {(control) => (
          <LeafControl
            leaf={leaf}
            control={control}
            value={draft.value(pointer)}
            onChange={(value) => {
              draft.edit(pointer, value);
            }}
          />
        )}
      </FormField>
    </div>
  );
}

interface ControlOf {
  readonly leaf: FormLeaf;
  readonly control: ControlProps;
  readonly value: FieldValue;
  readonly onChange: (value: FieldValue) => void;
}

function LeafControl({ leaf, control, value, onChange }: ControlOf): JSX.Element {
  const text = value === null ? '' : String(value);
  switch (leaf.kind) {
    case 'boolean':
      return (
        <input
          {...control}
          type="checkbox"
          checked={value === true}
          onChange={({ target }) => {
            onChange(target.checked);
          }}
        />
      );
    case 'choice':
      return <ChoiceControl leaf={leaf} control={control} value={value} onChange={onChange} />;
    case 'list':
      return (
        <ListControl
          control={control}
          label={leaf.label}
          value={(value ?? []) as readonly string[]}
          unique={leaf.schema.uniqueItems === true}
          onChange={onChange}
        />
      );
    case 'long-text':
      return (
        <textarea
          {...control}
          rows={3}
          value={text}
          onChange={({ target }) => {
            onChange(target.value);
          }}
        />
      );
    case 'integer':
    case 'text':
      return (
        <input
          {...control}
          inputMode={leaf.kind === 'integer' ? 'numeric' : undefined}
          value={text}
          onChange={({ target }) => {
            onChange(leaf.kind === 'integer' ? typedInteger(target.value) : target.value);
          }}
        />
      );
  }
}

/** A value outside the choices, such as none, stays shown until another one is chosen. */
function ChoiceControl({ leaf, control, value, onChange }: ControlOf): JSX.Element {
  const choices = (leaf.schema.enum ?? []).filter((choice) => choice !== null);
  const current = value === null ? '' : String(value);
  return (
    <select
      {...control}
      value={current}
      onChange={({ target }) => {
        onChange(target.value);
      }}
    >
      {!choices.includes(current) && <option value={current}>{current === '' ? 'not set' : current}</option>}
      {choices.map((choice) => (
        <option key={choice}>{choice}</option>
      ))}
    </select>
  );
}
