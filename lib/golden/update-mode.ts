export const UPDATE_MODES = ['changed', 'missing', 'all', 'none'] as const;

/** Which goldens a batch replaces by what it found; `all` also removes obsolete ones. */
export type UpdateMode = (typeof UPDATE_MODES)[number];
