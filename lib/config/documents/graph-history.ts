import { isInt } from '../../base/integers.js';
import type { SlpEvent, Topology } from '../../engine/inputs.js';
import type { DocumentLimits } from '../limits.js';
import type { Complaint, ProblemList } from '../problem-list.js';
import { childOf, isList, type Path } from '../source/path.js';
import type { DocumentView } from '../source/view.js';
import { compareEvents } from './slp.js';

/** Size of the graph from a tick on. */
export interface GraphSize {
  readonly tick: number;
  readonly nodes: number;
  readonly edges: number;
}

export interface HistoryContext {
  /** The SLP document. */
  readonly view: DocumentView;
  readonly topology: Topology;
  /** Events after the last tick are neither used nor checked. */
  readonly ticks: number;
  readonly limits: DocumentLimits;
  readonly problems: ProblemList;
}

/**
 * Checks the events of a run: applies them once to ids and ends only, which engine/umx/graph-walk.ts does for runs, and
 * reports each that does not fit the graph at its tick (engine contract,
 * section 13). Returns the sizes of the graph over time, the first of them from tick 0 on.
 */
export function walkGraph(context: HistoryContext): readonly GraphSize[] {
  const graph = new WalkedGraph(context);
  const sizes: GraphSize[] = [graph.size(0)];
  let work = 0;
  for (const { index, event } of reachedEvents(context)) {
    work += event.op_type === 'REMOVE_NODE' ? graph.edges : 1;
    if (work > MOST_WORK) {
      const message = 'the events change the graph more often than the limit for its size';
      context.problems.at(context.view, ['events', index], { code: 'too-many-events', message, found: null });
      break;
    }
    graph.apply(index, event);
    if (sizes.at(-1)!.tick === event.tick_effective) sizes.pop();
    sizes.push(graph.size(event.tick_effective));
  }
  return sizes;
}

/** Maximum number of edges visited by all node removals together. */
const MOST_WORK = 1e9;

interface Reached {
  readonly index: number;
  readonly event: SlpEvent;
}

/** Events that match their shape and apply within the run, in order of application. */
function reachedEvents({ view, ticks }: HistoryContext): Reached[] {
  const events = childOf(view.value, 'events');
  if (!isList(events)) return [];
  const reached = (events as readonly SlpEvent[]).map((event, index) => ({ index, event }));
  return reached
    .filter(({ event }) => event.tick_effective <= ticks)
    .sort((a, b) => compareEvents(a.event, b.event));
}

/**
 * Numbers and ends of nodes and edges. An event with a wrong id is applied as intended, so that one mistake
 * causes one problem.
 */
class WalkedGraph {
  readonly #context: HistoryContext;
  #nodes: number;
  #ends: (readonly [number, number])[];

  constructor(context: HistoryContext) {
    this.#context = context;
    this.#nodes = context.topology.N;
    this.#ends = context.topology.edges.map(({ i, j }) => [i, j]);
  }

  get edges(): number {
    return this.#ends.length;
  }

  size(tick: number): GraphSize {
    return { tick, nodes: this.#nodes, edges: this.#ends.length };
  }

  apply(index: number, { op_type, payload, tick_effective }: SlpEvent): void {
    const at = ['events', index, 'payload'];
    const when = `at tick ${String(tick_effective)}`;
    switch (op_type) {
      case 'ADD_NODE':
        this.#expectId([...at, 'node_id'], payload.node_id, this.#nodes + 1, `the next node ${when}`);
        this.#limit([...at, 'node_id'], 'too-many-nodes', this.#nodes + 1, this.#context.limits.nodes);
        this.#nodes++;
        return;
      case 'REMOVE_NODE':
        this.#removeNode([...at, 'node_id'], payload.node_id, when);
        return;
      case 'UPDATE_NODE':
        this.#expectUpTo([...at, 'node_id'], payload.node_id, this.#nodes, `a node ${when}`);
        return;
      case 'ADD_EDGE':
        this.#expectId([...at, 'e_id'], payload.e_id, this.edges + 1, `the next edge ${when}`);
        this.#limit([...at, 'e_id'], 'too-many-edges', this.edges + 1, this.#context.limits.edges);
        this.#checkEnds(at, [payload.i, payload.j], when, payload);
        this.#ends.push([payload.i, payload.j]);
        return;
      case 'REMOVE_EDGE':
        if (this.edges === 0) this.#complain([...at, 'e_id'], `the graph has no edge ${when}`, 'an edge');
        else this.#expectId([...at, 'e_id'], payload.e_id, this.edges, `the last edge ${when}`);
        this.#ends.pop();
        return;
      case 'UPDATE_EDGE': {
        if (!this.#expectUpTo([...at, 'e_id'], payload.e_id, this.edges, `an edge ${when}`)) return;
        const [i, j] = this.#ends[payload.e_id - 1]!;
        const ends = [payload.i ?? i, payload.j ?? j] as const;
        this.#checkEnds(at, ends, when, payload);
        this.#ends[payload.e_id - 1] = ends;
      }
    }
  }

  #removeNode(path: Path, node_id: number, when: string): void {
    if (this.#nodes === 1) {
      this.#complain(path, `the only node cannot be removed ${when}`, 'at least one node that stays');
      return;
    }
    this.#expectId(path, node_id, this.#nodes, `the last node ${when}`);
    const last = this.#nodes--;
    this.#ends = this.#ends.filter(([i, j]) => i !== last && j !== last);
  }

  #checkEnds(
    at: Path,
    [i, j]: readonly [number, number],
    when: string,
    given: { readonly i?: number; readonly j?: number },
  ): void {
    for (const [key, node] of [
      ['i', i],
      ['j', j],
    ] as const) {
      if (given[key] === undefined || !isInt(node) || node <= this.#nodes) continue;
      const message = `"${key}" names a node that does not exist ${when}`;
      this.#say([...at, key], { code: 'edge-endpoint', message, expected: `1 to ${String(this.#nodes)}` });
    }
    if (i !== j) return;
    const key = given.j === undefined ? 'i' : 'j';
    const message = `an edge must join two different nodes ${when}`;
    this.#say([...at, key], { code: 'self-loop', message, expected: `not ${String(i)}` });
  }

  #expectId(path: Path, found: number, expected: number, what: string): void {
    if (found === expected) return;
    this.#complain(path, `the id is not that of ${what}`, String(expected));
  }

  #expectUpTo(path: Path, found: number, most: number, what: string): boolean {
    if (found >= 1 && found <= most) return true;
    this.#complain(
      path,
      `the id is not that of ${what}`,
      most === 0 ? 'none exists' : `1 to ${String(most)}`,
    );
    return false;
  }

  #limit(path: Path, code: 'too-many-nodes' | 'too-many-edges', count: number, most: number): void {
    if (count <= most) return;
    this.#say(path, {
      code,
      message: 'the graph grows beyond the limit',
      expected: `at most ${String(most)}`,
    });
  }

  #complain(path: Path, message: string, expected: string): void {
    this.#say(path, { code: 'event-misfit', message, expected });
  }

  #say(path: Path, complaint: Complaint): void {
    this.#context.problems.at(this.#context.view, path, complaint);
  }
}

/** Size of the graph at a tick; `sizes` ascend by tick and start at 0. */
export function sizeAt(sizes: readonly GraphSize[], tick: number): GraphSize {
  let low = 0;
  let high = sizes.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sizes[middle]!.tick <= tick) low = middle;
    else high = middle - 1;
  }
  return sizes[low]!;
}
