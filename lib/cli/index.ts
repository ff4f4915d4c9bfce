/**
 * The command line, and the composition root: here ports meet the machine, and nowhere else (batch contract, sections 3
 * and 5). `aether.ts` and `aether-batch.ts` are the two programs. `commands/` has a folder per command, by its name
 * as typed: `command.ts` declares its options and is light; `action.ts` is its work, loaded when the command is called. The
 * other folders hold what several commands share. `worker/` holds the entry of worker threads and what starts them.
 *
 * Invariants: stdout carries results and stderr the rest; exit codes live in one file; a mistyped word gets the nearest
 * known one; every problem is told at once; colour and redrawing are for terminals only.
 */
export {};
