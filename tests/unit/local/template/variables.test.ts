import path from 'node:path';
import { overrideEnvironment, readEnvironmentOverrides } from '../../../../local/template/variables';
import type { FunctionDefinition } from '../../../../local/template/definition';
import { folderWith } from '../../../helpers/folder-with';

const definition: FunctionDefinition = {
  logicalId: 'Hello',
  name: 'hello-function',
  handler: 'app.handler',
  runtime: 'nodejs24.x',
  architecture: 'x86_64',
  timeout: 3,
  memorySize: 128,
  environment: { LEVEL: 'info', SIZE: '1' },
  codeUri: '/',
  aliases: [],
  eventConfigs: [],
  warnings: [],
};

async function overridden(content: string) {
  const folder = await folderWith({ 'env.json': content });
  const overrides = await readEnvironmentOverrides(path.join(folder, 'env.json'));
  return overrideEnvironment(definition, overrides).environment;
}

test.each([
  ['by the logical id', { Hello: { LEVEL: 'debug' } }, { LEVEL: 'debug', SIZE: '1' }],
  ['by the name of the function', { 'hello-function': { LEVEL: 'debug' } }, { LEVEL: 'debug', SIZE: '1' }],
  ['for all functions', { Parameters: { LEVEL: 'debug' } }, { LEVEL: 'debug', SIZE: '1' }],
  ['for one function before all', { Parameters: { SIZE: 2 }, Hello: { SIZE: 3 } }, { LEVEL: 'info', SIZE: '3' }],
  ['with numbers, booleans and null as text', { Hello: { LEVEL: null, SIZE: true } }, { LEVEL: '', SIZE: 'true' }],
  ['but not one that the template does not declare', { Hello: { OTHER: 'x' } }, { LEVEL: 'info', SIZE: '1' }],
  ['but not those of another function', { Other: { LEVEL: 'debug' } }, { LEVEL: 'info', SIZE: '1' }],
])('variables are overridden %s', async (_, content, expected) => {
  expect(await overridden(JSON.stringify(content))).toEqual(expected);
});

test.each([
  ['what is not JSON', '{', /Expected JSON with environment variables in .*env\.json/],
  ['a list', '[]', /env\.json: expected an object such as .*, received a list\.$/],
  [
    'variables without a function',
    '{"LEVEL":"secret"}',
    /env\.json: LEVEL: expected an object .*, received a value of type string\.$/,
  ],
  [
    'a nested value',
    '{"Hello":{"LEVEL":{}}}',
    /Hello\.LEVEL: expected a string, a number, .*, received a value of type object\.$/,
  ],
])('%s is refused, without showing its values', async (_, content, message) => {
  await expect(overridden(content)).rejects.toThrow(message);
});

test('a file that is not there is named', async () => {
  await expect(readEnvironmentOverrides('no-such.json')).rejects.toThrow(/no-such\.json.*ENOENT/);
});
