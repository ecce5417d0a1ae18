// Bundles queued.mjs for Node.js as webpack and Rollup do when one tells them no more than that.
import { promisify } from 'node:util';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import webpack from 'webpack';

const folder = import.meta.dirname;

const stats = await promisify(webpack)({
  context: folder,
  entry: './queued.mjs',
  mode: 'production',
  target: 'node20',
  output: { path: `${folder}/bundles/webpack`, filename: 'queued.js', library: { type: 'commonjs2' } },
});
if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString('errors-warnings'));

const onwarn = ({ message }) => {
  throw new Error(message);
};
const bundle = await rollup({
  input: `${folder}/queued.mjs`,
  plugins: [nodeResolve({ preferBuiltins: true })],
  external: [/^node:/],
  onwarn,
});
await bundle.write({ dir: `${folder}/bundles/rollup`, format: 'cjs', exports: 'named' });
