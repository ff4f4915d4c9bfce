/** Codes a run can fault with; docs/errors.md explains each. */
export const FAULT_CODES = [
  'INT_RANGE',
  'CONSERVATION_BROKEN',
  'DIAGNOSTICS_VIOLATION',
  'GOVERNANCE_ENVELOPE_DROPPED',
] as const;
export type FaultCode = (typeof FAULT_CODES)[number];

/**
 * Ends a run as `faulted`. The engine throws it and the session turns it into an outcome, so that a fault is
 * a result of the documents, not an error of the program.
 */
export class EngineFault extends Error {
  override readonly name = 'EngineFault';
  readonly code: FaultCode;
  /** Tick of the fault; 0 before the first. */
  readonly tick: number;
  /** `node 3`, `edge 7`, a field or a window. */
  readonly place: string;

  constructor(code: FaultCode, tick: number, place: string, message: string) {
    super(message);
    this.code = code;
    this.tick = tick;
    this.place = place;
  }
}

/** The fault for a value that exceeds the storable range (engine contract, section 1). */
export function intRangeFault(tick: number, place: string, what: string): EngineFault {
  return new EngineFault(
    'INT_RANGE',
    tick,
    place,
    `${what} of ${place} leaves the range |x| <= 2^53-1 at tick ${tick}`,
  );
}
