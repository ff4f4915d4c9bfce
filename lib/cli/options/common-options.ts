import { manyTexts } from '../option-values.js';

/** An option that takes one value. */
export const text = { type: 'string', requiresArg: true } as const;

/** Directory of the artefact tree. */
export const STORE = {
  ...text,
  path: 'directory',
  describe: 'Directory of the artefact tree',
  defaultDescription: '"artefacts"',
  configured: true,
} as const;

/** Directory of the goldens. */
export const GOLDEN = {
  ...text,
  path: 'directory',
  describe: 'Directory of the goldens',
  defaultDescription: '"golden"',
  configured: true,
} as const;

/** Manifests, any number of words after one option. */
export const MANIFESTS = {
  array: true,
  type: 'string',
  requiresArg: true,
  path: 'file',
  describe: 'Manifests to load, as files or globs',
  defaultDescription: 'manifests/*.yaml',
} as const;

/** Manifests, one word after each option, where an operand may follow. */
export const REPEATED_MANIFESTS = {
  ...text,
  path: 'file',
  repeats: true,
  describe: 'Manifests to load; may be repeated',
  defaultDescription: 'manifests/*.yaml',
  coerce: manyTexts,
} as const;

/** Directory that contains all documents of the manifests. */
export const ROOT = {
  ...text,
  path: 'directory',
  describe: 'Directory that contains all documents; paths that lead out of it are refused',
  defaultDescription: 'the project of each manifest',
} as const;

/** Manifests as operands. */
export const MANIFEST_OPERANDS = {
  type: 'string',
  array: true,
  path: 'file',
  describe: 'Manifests, as with --manifests',
} as const;

export const TAG = {
  ...text,
  repeats: true,
  describe: 'Only scenarios with this tag; may be repeated',
  coerce: manyTexts,
} as const;

export const PROFILE = { ...text, describe: 'Named set of settings from the manifests' } as const;

export const SET = {
  ...text,
  alias: 'S',
  repeats: true,
  describe: 'Override a value of the resolved documents, such as run.ticks=64; may be repeated',
  coerce: manyTexts,
} as const;

export const LABEL = {
  ...text,
  repeats: true,
  describe: 'Label of every run, as key=value; may be repeated',
} as const;

export const GREP = {
  ...text,
  alias: 'g',
  describe: 'Only runs whose name matches this regular expression or contains it literally',
} as const;
