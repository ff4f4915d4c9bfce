/**
 * execution/ computes one run under supervision, for batch and service: control block, executors, artefacts,
 * ending and record.
 *
 * Invariants: a result depends neither on the executor nor on the thread; a run stops between two ticks; a
 * failed run has no artefacts; the failure of a worker ends only the run that it computes.
 */
