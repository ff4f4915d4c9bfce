import { relative } from 'node:path';
import { countText } from '../../base/quantity.js';
import type { DocumentFiles } from '../../base/ports.js';
import type { Timers } from '../../platform/timers.js';
import { isDirectoryThere, type WatchDirectories } from '../../platform/watch-directories.js';
import type { CommandContext } from '../command-context.js';
import { InvalidDocuments, NotFound, UsageError } from '../command-error.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Interruption } from '../interruption.js';
import { renderProblems } from '../scenarios/render-problems.js';
import { ReadDocuments } from './read-documents.js';
import { Settled } from './settled.js';

/** One iteration of planning and running. */
export interface Round {
  /** From 1. */
  readonly number: number;
  /** Reads the documents of the round. */
  readonly files: DocumentFiles;
  /** The last recorded batch of an earlier round. */
  readonly before: string | undefined;
  /** Called with the id of the batch of this round. */
  readonly made: (batch: string) => void;
}

export interface WatchParts {
  readonly context: CommandContext;
  readonly interruption: Interruption;
  readonly files: DocumentFiles;
  readonly timers: Timers;
  readonly watch: WatchDirectories;
  /** Plans and runs once. */
  readonly run: (round: Round) => Promise<ExitCode>;
  /** The current manifests of the globs of the call; empty if there are none. */
  readonly manifests: () => Promise<readonly string[]>;
}

/**
 * Plans and runs, and again after each change of a document, until a signal arrives. Invalid documents are
 * reported, and the loop waits for a change; nothing is polled between two changes.
 */
export async function watchLoop(parts: WatchParts): Promise<ExitCode> {
  const { context, interruption } = parts;
  let before: string | undefined;
  let documents = new ReadDocuments(parts.files);
  for (let number = 1; ; number++) {
    const read = new ReadDocuments(parts.files);
    const listed = await parts.manifests();
    read.note(listed);
    const made = (batch: string): void => void (before = batch);
    const isPlanned = await attempt(parts, { number, files: read, before, made });
    // Files that could not be read completely may depend on files read in the previous round.
    if (!isPlanned) read.note(documents.paths());
    documents = read;
    if (interruption.came) return EXIT.interrupted;
    const change = await nextChange(parts, documents, listed);
    if (change === undefined) return EXIT.interrupted;
    context.terminal.err(`\n${change}\n`);
  }
}

/** False if the documents were invalid, or a requested item does not exist. */
async function attempt({ run, context, interruption }: WatchParts, round: Round): Promise<boolean> {
  const { err, errColors } = context.terminal;
  try {
    await run(round);
    return true;
  } catch (error) {
    const isLater = round.number > 1 && (error instanceof UsageError || error instanceof NotFound);
    if (interruption.came) return false;
    if (error instanceof InvalidDocuments) err(await renderProblems(error.problems, errColors));
    else if (isLater) err(`${errColors.red('not run')}: ${error.message}\n`);
    else throw error;
    return false;
  }
}

/** Waits for a change of a document, and returns the changed ones; undefined if a signal arrived first. */
async function nextChange(
  { context, interruption, timers, watch, manifests }: WatchParts,
  documents: ReadDocuments,
  listed: readonly string[],
): Promise<string | undefined> {
  const directories = documents.directories().filter(isDirectoryThere);
  for (;;) {
    let wake: (isChange: boolean) => void = () => undefined;
    const woken = new Promise<boolean>((resolve) => (wake = resolve));
    const settled = new Settled(timers, () => {
      wake(true);
    });
    // Watch before checking, so that no change is missed in between.
    const watching = watch(directories, settled.note);
    try {
      const change = await describeChange(documents, listed, manifests);
      if (change !== undefined) return change;
      context.terminal.err(
        `watching ${countText(directories.length)} ${directories.length === 1 ? 'directory' : 'directories'}; Ctrl-C exits\n`,
      );
      const isChange = await interruption.during(
        () => {
          wake(false);
        },
        () => woken,
      );
      if (!isChange) return undefined;
      const found = await describeChange(documents, listed, manifests);
      if (found !== undefined) return found;
    } finally {
      settled.cancel();
      watching.close();
    }
  }
}

/** Maximum of listed changed files. */
const SHOWN = 3;

async function describeChange(
  documents: ReadDocuments,
  listed: readonly string[],
  manifests: WatchParts['manifests'],
): Promise<string | undefined> {
  const now = await manifests();
  const others = [
    ...now.filter((file) => !listed.includes(file)),
    ...listed.filter((file) => !now.includes(file)),
  ];
  const changed = [
    ...new Set([...documents.changed().map((path) => relative(process.cwd(), path)), ...others]),
  ];
  if (changed.length === 0) return undefined;
  const more = changed.length > SHOWN ? ` and ${countText(changed.length - SHOWN)} more` : '';
  return `changed: ${changed.slice(0, SHOWN).join(', ')}${more}`;
}
