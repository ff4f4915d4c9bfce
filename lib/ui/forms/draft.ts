import { useCallback, useState } from 'react';
import { sameValue, type FieldValue, type FieldValues } from './pointers.js';

/** A document as it was read, with what a change of it has to name. */
export interface Version {
  readonly values: FieldValues;
  readonly etag: string;
}

/** Edits over the version they were begun on. */
export interface Draft {
  readonly base: Version;
  /** Only fields whose value differs from the base. */
  readonly edits: FieldValues;
  readonly dirty: boolean;
  /** The base's value, or what was edited in its place. */
  readonly value: (pointer: string) => FieldValue;
  readonly edit: (pointer: string, value: FieldValue) => void;
  readonly reset: () => void;
  /** Moves the edits over to another version. */
  readonly rebase: (version: Version) => void;
}

interface Held {
  readonly base: Version;
  readonly edits: FieldValues;
}

/**
 * Keeps what the user types apart from what the service answers. The version is held from the first edit on, however often it is
 * fetched again meanwhile: otherwise a save would carry the ETag of a version nobody has looked at.
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

/** Null when every edit says what the base says anyway. */
function differing(base: Version, edits: FieldValues): Held | null {
  const left = Object.entries(edits).filter(
    ([pointer, value]) => !sameValue(value, base.values[pointer] ?? null),
  );
  return left.length === 0 ? null : { base, edits: Object.fromEntries(left) };
}
