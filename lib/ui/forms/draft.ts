import { useCallback, useState } from 'react';
import { sameValue, type FieldValue, type FieldValues } from './pointers.js';

/** A document with the version that a change must name. */
export interface Version {
  readonly values: FieldValues;
  readonly etag: string;
}

/** Edits on top of the version they were started on. */
export interface Draft {
  readonly base: Version;
  /** Only fields whose value differs from the base. */
  readonly edits: FieldValues;
  readonly dirty: boolean;
  /** The edited value, otherwise that of the base. */
  readonly value: (pointer: string) => FieldValue;
  readonly edit: (pointer: string, value: FieldValue) => void;
  readonly reset: () => void;
  /** Moves the edits to another version. */
  readonly rebase: (version: Version) => void;
}

interface Held {
  readonly base: Version;
  readonly edits: FieldValues;
}

/**
 * Keeps the edits of the user apart from fetched data. The version is held from the first edit on, even if it
 * is fetched again meanwhile: otherwise a save would send the ETag of a version that the user has not seen.
 */
export function useDraft(latest: Version): Draft {
  const [held, setHeld] = useState<Held | null>(null);
  const base = held?.base ?? latest;
  const edits = held?.edits ?? NOTHING;
  const edit = useCallback(
    (pointer: string, value: FieldValue) => {
      setHeld((before) => {
        const begun = before ?? { base: latest, edits: NOTHING };
        return differing(begun.base, { ...begun.edits, [pointer]: value });
      });
    },
    [latest],
  );
  return {
    base,
    edits,
    dirty: held !== null,
    value: (pointer) => edits[pointer] ?? (pointer in edits ? null : (base.values[pointer] ?? null)),
    edit,
    reset: useCallback(() => {
      setHeld(null);
    }, []),
    rebase: useCallback((version: Version) => {
      setHeld((before) => (before === null ? null : differing(version, before.edits)));
    }, []),
  };
}

const NOTHING: FieldValues = {};

/** Null if every edit equals the base. */
function differing(base: Version, edits: FieldValues): Held | null {
  const left = Object.entries(edits).filter(
    ([pointer, value]) => !sameValue(value, base.values[pointer] ?? null),
  );
  return left.length === 0 ? null : { base, edits: Object.fromEntries(left) };
}
