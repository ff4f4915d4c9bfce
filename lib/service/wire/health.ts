import { flag, integer, number, object, text, type WireSchema } from './schema.js';

export interface Health {
  readonly live: boolean;
  readonly ready: boolean;
  readonly version: string;
  readonly engine_version: string;
  /** Changes with every start of the service. */
  readonly boot_id: string;
  readonly uptime_s: number;
  readonly store: { readonly ok: boolean; readonly runs: number; readonly message: string };
  readonly scenarios: number;
}

export const HEALTH: WireSchema = object('Whether the service can do its work.', {
  live: flag('The process answers.'),
  ready: flag('It can also start runs.'),
  version: text('Version of the package.'),
  engine_version: text('Version of the engine’s behaviour.'),
  boot_id: text('Changes with every start of the service.'),
  uptime_s: number('Seconds since it started.'),
  store: object('The artefact tree.', {
    ok: flag('Whether it can be read.'),
    runs: integer('Runs it holds.'),
    message: text('What is wrong with it; empty when nothing is.'),
  }),
  scenarios: integer('Scenarios in the registry.'),
});
