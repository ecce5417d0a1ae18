import { loadFunctions } from '../../../local/load-functions';

const template = 'tests/fixtures/plain-function/template.yaml';
const names = ['AWS_REGION', 'AWS_DEFAULT_REGION'] as const;
const before = names.map((name) => [name, process.env[name]] as const);

afterEach(() => {
  for (const [name, value] of before) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
});

test.each([
  ['eu-west-1', 'eu-central-1', 'eu-west-1'],
  ['', 'eu-central-1', 'eu-central-1'],
  ['', '', 'us-east-1'],
])('where AWS_REGION is %j and AWS_DEFAULT_REGION %j the region is %s', async (own, general, region) => {
  Object.assign(process.env, { AWS_REGION: own, AWS_DEFAULT_REGION: general });
  const { read, load } = await loadFunctions({ template });
  const [definition] = read(new Map()).functions;
  if (!definition) throw new Error('Expected the template to have a function');
  const { pool } = await load(definition);
  expect(pool.region).toBe(region);
  await pool.close();
});
