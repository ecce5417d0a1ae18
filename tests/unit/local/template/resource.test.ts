import { readHello } from '../../../helpers/read-template';

const globals = `Globals:
  Function:
    Runtime: nodejs24.x
    Timeout: 7
    Environment: { Variables: { SHARED: general, OWN: general } }
    Architectures: !If [Never, [arm64], [x86_64]]
Conditions: { Never: !Equals [a, b] }`;

test('what a function says goes before the Globals, key by key', async () => {
  const { named } = await readHello(
    '      Handler: app.handler\n      Environment: { Variables: { OWN: own } }',
    globals,
  );
  expect(named('Hello')).toMatchObject({
    runtime: 'nodejs24.x',
    timeout: 7,
    environment: { SHARED: 'general', OWN: 'own' },
    architecture: 'x86_64',
  });
});

test('AWS::NoValue takes a property of the Globals away', async () => {
  const { named } = await readHello('      Handler: app.handler\n      Timeout: !Ref AWS::NoValue', globals);
  expect(named('Hello').timeout).toBe(3);
});

test.each([
  ["'*'", 3, {}],
  ['[Environment]', 7, {}],
  ['[Tags]', 7, { SHARED: 'general', OWN: 'general' }],
])('IgnoreGlobals: %s', async (ignored, timeout, environment) => {
  const { named } = await readHello(
    `      Handler: app.handler\n      Runtime: nodejs24.x\n    IgnoreGlobals: ${ignored}`,
    globals,
  );
  expect(named('Hello')).toMatchObject({ timeout, environment });
});

test('an intrinsic is one value: it is not merged with the map that it takes the place of', async () => {
  const { named } = await readHello(
    '      Handler: app.handler\n      Environment: !If [Never, { Variables: { A: a } }, { Variables: { B: b } }]',
    globals,
  );
  expect(named('Hello').environment).toEqual({ B: 'b' });
});
