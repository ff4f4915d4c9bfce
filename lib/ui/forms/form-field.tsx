import { useId, type JSX, type ReactNode } from 'react';
import './forms.css';

/** Attributes that connect a control to its label, hint and error. */
export interface ControlProps {
  readonly id: string;
  readonly 'aria-describedby': string;
  readonly 'aria-invalid': boolean;
}

/** A label, the control, its hint and its error. Space for the error is always reserved. */
export function FormField({
  label,
  hint,
  error,
  changed = false,
  children,
}: {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly changed?: boolean;
  readonly children: (control: ControlProps) => ReactNode;
}): JSX.Element {
  const id = useId();
  const control: ControlProps = {
    id,
    'aria-describedby': `${id}-hint ${id}-error`,
    'aria-invalid': error !== undefined,
  };
  return (
    <div className="field form-field">
      <div className="form-field-head">
        <label htmlFor={id} className="field-label">
          {label}
        </label>
        <ChangedMark changed={changed} />
      </div>
      {children(control)}
      <span className="field-hint" id={`${id}-hint`}>
        {hint}
      </span>
      <span className="field-error" id={`${id}-error`}>
        {error}
      </span>
    </div>
  );
}

/** Marks a field that differs from the stored value; its space is always reserved. */
export function ChangedMark({ changed }: { readonly changed: boolean }): JSX.Element {
  return (
    <span className="form-dot" data-changed={changed} title={changed ? 'changed' : undefined}>
      {changed && <span className="visually-hidden">changed</span>}
    </span>
  );
}
