export const UPDATE_MODES = ['changed', 'missing', 'all', 'none'] as const;

/** The goldens that a batch replaces by its results; `all` also removes obsolete ones. */
export type UpdateMode = (typeof UPDATE_MODES)[number];
