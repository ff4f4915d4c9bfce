import { fittedTable, type FittedColumn } from '../../../batch/report/fitted-table.js';
import {
  SETTING_NAMES,
  type ProjectSettings,
  type SettingName,
} from '../../../config/project-file/project-settings.js';
import type { Json } from '../../../base/canonical-json.js';
import type { CommandContext } from '../../command-context.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { VARIABLES } from '../../project/environment-settings.js';
import { resolveSettings, type Resolved, type SettingOrigin } from '../../project/resolve-settings.js';
import type { ConfigArguments } from './options.js';

/** Version of the document below; raised when a field changes its meaning or is removed. */
const VERSION = 1;

/** One displayed setting. */
interface ShownSetting {
  /** A setting, or `labels.<key>`. */
  readonly name: string;
  readonly value: Json;
  readonly from: SettingOrigin;
  /** The variable, or the place in the project file as file:line:column; null for other origins. */
  readonly where: string | null;
}

/** Shows every setting, its value and its origin. */
export async function showConfig(
  args: ConfigArguments,
  { terminal, env }: CommandContext,
): Promise<ExitCode> {
  const resolved = await resolveSettings(givenSettings(args), env);
  const settings = shownSettings(resolved);
  if (args.json === true) {
    const file = resolved.file?.file ?? null;
    terminal.out(`${JSON.stringify({ v: VERSION, kind: 'Settings', file, settings })}\n`);
    return EXIT.ok;
  }
  const rows = settings.map((setting) => [
    setting.name,
    valueText(setting.value),
    setting.where === null ? setting.from : `${setting.from}, ${setting.where}`,
  ]);
  terminal.out(`${fittedTable(COLUMNS, rows, terminal.outWidth()).join('\n')}\n`);
  if (resolved.file === undefined) terminal.err('no aether.yaml in the project of this directory\n');
  return EXIT.ok;
}

function givenSettings(args: ConfigArguments): Partial<ProjectSettings> {
  const { store, manifests, golden, jobs, reporter, output, label } = args;
  return {
    ...(store === undefined ? {} : { store }),
    ...(manifests === undefined ? {} : { manifests }),
    ...(golden === undefined ? {} : { golden }),
    ...(jobs === undefined ? {} : { jobs }),
    ...(reporter === undefined ? {} : { reporters: reporter }),
    ...(output === undefined ? {} : { output }),
    ...(label === undefined ? {} : { labels: label }),
  };
}

function shownSettings({ settings, origins, label_origins, file }: Resolved): readonly ShownSetting[] {
  const labels = [...label_origins].map(([key, from]) => ({
    name: `labels.${key}`,
    value: settings.labels[key]!,
    from,
    where: placeOf('labels', from, file),
  }));
  const others = SETTING_NAMES.filter((name) => name !== 'labels' || labels.length === 0).map((name) => ({
    name,
    value: settings[name] as Json,
    from: origins[name],
    where: placeOf(name, origins[name], file),
  }));
  return [...others, ...labels];
}

function placeOf(name: SettingName, from: SettingOrigin, file: Resolved['file']): string | null {
  if (from === 'environment') return VARIABLES[name];
  const place = from === 'project file' ? file?.places.get(name) : undefined;
  return place === undefined ? null : `${place.file}:${String(place.line)}:${String(place.column)}`;
}

const COLUMNS: readonly FittedColumn[] = [
  { title: 'setting', align: 'left' },
  { title: 'value', align: 'left', shrinksTo: 24 },
  { title: 'from', align: 'left', shrinksTo: 20 },
];

function valueText(value: Json): string {
  if (Array.isArray(value)) return value.join(' ');
  return value === null || typeof value === 'object' ? '-' : String(value);
}
