import type { BatchVerdict } from '../store/batch-verdict.js';
import { BatchMetrics } from './batch-metrics.js';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Metrics of the service for Prometheus. */
export class ServiceMetrics {
  readonly registry = new Registry();
  readonly runs: Counter<'result'>;
  readonly batches: BatchMetrics;
  readonly dropped: Counter<'transport'>;
  readonly streams: Gauge<'transport'>;
  readonly #requests: Histogram<'operation' | 'status'>;
  readonly #series = new Map<string, { observe(seconds: number): void }>();

  constructor(gauges: {
    readonly active: () => number;
    readonly ticks: () => number;
    readonly history: () => number;
    readonly lastBatch: () => Promise<BatchVerdict | undefined>;
  }) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: 20 });
    this.runs = new Counter({
      name: 'aether_runs_total',
      help: 'Runs that ended, by result',
      labelNames: ['result'],
      registers,
    });
    this.dropped = new Counter({
      name: 'aether_stream_clients_dropped_total',
      help: 'Log clients dropped because they did not read',
      labelNames: ['transport'],
      registers,
    });
    this.streams = new Gauge({
      name: 'aether_stream_clients',
      help: 'Log clients connected',
      labelNames: ['transport'],
      registers,
    });
    this.#requests = new Histogram({
      name: 'aether_http_request_duration_seconds',
      help: 'Time until a request was answered',
      labelNames: ['operation', 'status'],
      buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
      registers,
    });
    this.batches = new BatchMetrics(this.registry, gauges.lastBatch);
    this.#gauge('aether_active_runs', 'Running runs', gauges.active);
    this.#gauge('aether_active_ticks_completed', 'Ticks completed by running runs', gauges.ticks);
    this.#gauge('aether_tree_runs', 'Runs in the artefact tree, as of the last read', gauges.history);
  }

  /** Counts an answered request. */
  answered(operation: string, status: number, seconds: number): void {
    const key = `${operation} ${String(status)}`;
    let series = this.#series.get(key);
    if (series === undefined) {
      series = this.#requests.labels({ operation, status: String(status) });
      this.#series.set(key, series);
    }
    series.observe(seconds);
  }

  /** A gauge that is read on each scrape. */
  #gauge(name: string, help: string, read: () => number): void {
    const registers = [this.registry];
    const made: Gauge = new Gauge({ name, help, registers, collect: () => made.set(read()) });
  }
}
