import { useMemo, type JSX } from 'react';
import type { EdgeRow, TickLedger, Topology } from '../../../service/wire/index.js';
import { shownNumber } from '../../parts/numbers.js';
import { VirtualTable, type Column } from './virtual-table.js';

interface TableProps {
  readonly topology: Topology;
  readonly ledger: TickLedger | undefined;
}

/** All edges of a tick with exact values; also the text alternative of the graph. */
export function EdgeTable({ topology, ledger }: TableProps): JSX.Element {
  const columns = useMemo<readonly Column<EdgeRow>[]>(() => {
    const conductance = new Map(topology.edges.map(({ e_id, k }) => [e_id, k]));
    return [
      { name: 'edge', isNumber: true, cell: ({ e_id }) => e_id },
      { name: 'i → j', cell: ({ i, j }) => `${i} → ${j}` },
      { name: 'k', isNumber: true, cell: ({ e_id }) => shownNumber(conductance.get(e_id)) },
      { name: 'du', isNumber: true, cell: ({ du }) => shownNumber(du) },
      { name: 'raw', isNumber: true, cell: ({ raw }) => shownNumber(raw) },
      { name: 'cap', isNumber: true, cell: ({ cap }) => shownNumber(cap) },
      { name: 'f_e', isNumber: true, cell: ({ f_e }) => <strong>{shownNumber(f_e)}</strong> },
    ];
  }, [topology]);
  return (
    <VirtualTable
      label={`Edges at tick ${ledger?.tick ?? '–'}`}
      columns={columns}
      rows={ledger?.edges ?? []}
      expected={topology.edges.length}
    />
  );
}

interface NodeRow {
  readonly node_id: number;
  readonly label: string;
  /** Undefined while the ledger of a tick is shown whose graph is not loaded. */
  readonly pre: number | undefined;
  readonly post: number | undefined;
}

const NODE_COLUMNS: readonly Column<NodeRow>[] = [
  { name: 'node', isNumber: true, cell: ({ node_id }) => node_id },
  { name: 'label', cell: ({ label }) => label },
  { name: 'pre_u', isNumber: true, cell: ({ pre }) => shownNumber(pre) },
  { name: 'post_u', isNumber: true, cell: ({ post }) => <strong>{shownNumber(post)}</strong> },
  {
    name: 'change',
    isNumber: true,
    cell: ({ pre, post }) => (pre === undefined || post === undefined ? '' : signed(post - pre)),
  },
];

export function NodeTable({ topology, ledger }: TableProps): JSX.Element {
  const rows = useMemo(
    () =>
      ledger === undefined
        ? []
        : topology.nodes.map(({ node_id, label }, at) => ({
            node_id,
            label,
            pre: ledger.pre_u[at],
            post: ledger.post_u[at],
          })),
    [topology, ledger],
  );
  return (
    <VirtualTable
      label={`Nodes at tick ${ledger?.tick ?? '–'}`}
      columns={NODE_COLUMNS}
      rows={rows}
      expected={topology.nodes.length}
    />
  );
}

function signed(value: number): string {
  return value > 0 ? `+${shownNumber(value)}` : shownNumber(value);
}
