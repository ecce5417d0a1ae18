import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { nodeBinaryFor } from '../../local/environment/process/node-binary';
import { peerVersions } from '../contenders';

/** What the numbers depend on, and its value. */
export type MachineRow = readonly [string, string];

/** Processes that ran or waited to, on average of a minute. The benchmark is one to two of them while it runs. */
export interface MachineLoad {
  readonly before: number;
  readonly after: number;
}

export function machineLoad(): number {
  return loadavg()[0] ?? Number.NaN;
}

export function describeMachine(now: Date, load: MachineLoad): readonly MachineRow[] {
  const processors = cpus();
  const versions = { 'aws-lambda-ric': installedVersion('aws-lambda-ric'), ...peerVersions() };
  return [
    ['Date', now.toISOString().slice(0, 10)],
    ['Commit', git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain') === '' ? '' : ', with changes')],
    ['Processor', `${processors.length} x ${processors[0]?.model.trim() ?? 'unknown'} (${process.arch})`],
    ['Memory', `${(totalmem() / 2 ** 30).toFixed(1)} GB`],
    [
      'Load',
      `${load.before.toFixed(2)} before, ${load.after.toFixed(2)} after (one minute; the benchmark itself is 1 to 2)`,
    ],
    ['System', `${type()} ${release()}`],
    ['Node.js', nodeBinaryFor('nodejs24.x').version],
    ...Object.entries(versions),
  ];
}

/** Not by `require`: some packages do not export their package.json. */
function installedVersion(name: string): string {
  const file = join(__dirname, '../../node_modules', name, 'package.json');
  const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const known = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return known ? String(manifest.version) : 'unknown';
}

function git(...args: string[]): string {
  try {
    return execFileSync('git', args, { cwd: __dirname, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return 'unknown';
  }
}
