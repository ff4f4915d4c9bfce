/**
 * The command line, and the composition root: only here are ports connected to the machine (batch contract,
 * sections 3 and 5). `aether.ts` and `aether-batch.ts` are the two programs. `commands/` has a folder per
 * command, by its name as typed: `options.ts` declares its options and operands, from which the type of its
 * arguments follows (`options/parsed.ts`); `command.ts` adds the help and is light; `action.ts` implements it
 * and is loaded when the command is called. The other folders contain code shared by several commands.
 * `worker/` contains the entry of worker threads and the code that starts them.
 *
 * Invariants: stdout carries results and stderr the rest; exit codes are in one file; a mistyped word gets
 * the nearest known one; all problems are reported at once; colours and redrawing are for terminals only.
 */
export {};
