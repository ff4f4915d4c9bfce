/**
 * The command line, and the composition root: here ports meet the machine, and nowhere else (batch contract, sections 3
 * and 5). `aether.ts` and `aether-batch.ts` are the two programs; `commands/` has one light file per command, which loads
 * its work only when it is called, from the folder named for it: `batch/`, `scenarios/`, `inspect/`, `golden/`, `store/`,
 * `audit/`, `service/`, `completion/`. `worker/` holds the entry of worker threads and what starts them.
 *
 * Invariants: stdout carries results and stderr the rest; exit codes live in one file; a mistyped word gets the nearest
 * known one; every problem is told at once; colour and redrawing are for terminals only.
 */
export { EXIT, exitCodeOf, type ExitCode } from './exit-codes.js';
