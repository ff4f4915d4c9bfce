import { useMutation } from '@tanstack/react-query';
import type { Draft, Version } from './draft.js';
import type { FieldValues } from './pointers.js';

/** How a document is written and read; both update the cache of the page. */
export interface Written {
  /** Sends the edits of the draft, and returns the resulting version. */
  readonly send: (draft: Draft) => Promise<unknown>;
  readonly read: () => Promise<Version>;
}

/** A save that may conflict with another one. */
export interface Saving {
  readonly save: () => void;
  readonly error: unknown;
  /** The edits of the last attempt. */
  readonly sent: FieldValues | undefined;
  readonly isPending: boolean;
  /** True from a success until the next attempt. */
  readonly isSaved: boolean;
  /** After a conflict: drops the edits and loads the other version. */
  readonly takeTheirs: () => void;
  /** After a conflict: applies the edits to the other version. */
  readonly keepMine: () => void;
  /** Clears the result of the last attempt. */
  readonly forget: () => void;
}

export function useSaving(draft: Draft, { send, read }: Written): Saving {
  const sending = useMutation({
    mutationFn: send,
    onMutate: () => {
      reading.reset();
    },
    onSuccess: draft.reset,
  });
  const reading = useMutation({
    mutationFn: async (then: (version: Version) => void) => {
      then(await read());
    },
    onSuccess: () => {
      sending.reset();
    },
  });
  return {
    save: () => {
      sending.mutate(draft);
    },
    error: reading.error ?? sending.error,
    sent: sending.variables?.edits,
    isPending: sending.isPending || reading.isPending,
    isSaved: sending.isSuccess,
    takeTheirs: () => {
      reading.mutate(draft.reset);
    },
    keepMine: () => {
      reading.mutate(draft.rebase);
    },
    forget: () => {
      sending.reset();
      reading.reset();
    },
  };
}
