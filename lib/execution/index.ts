/**
 * execution/ computes one run under supervision, for batch and service alike: control block, executors, artefacts, ending and
 * record.
 *
 * Invariants: a result depends on neither the executor nor the thread; a run stops between two ticks; a run that broke leaves
 * no artefacts; the fault of a worker ends the run that it computes and no other.
 */
