// Which folder may import which: `npm run lint` holds it, types included, and lets no import go in a circle.

/** Rooms from left to right; each may import itself and what is further right. */
const local = [
  ['cli'],
  ['local-lambda', 'redrive'],
  ['follow-changes', 'report-failures'],
  ['load-functions'],
  ['page'],
  ['function-url', 'lambda-api'],
  ['environment'],
  ['log', 'build'],
  ['template'],
  ['http'],
  ['user-error'],
];
const runtime = [
  ['index'],
  ['lambda-runtime'],
  ['invocation'],
  ['deadline', 'isolation', 'wait-until'],
  ['running-invocation'],
  ['queue'],
  ['adapters'],
  ['response'],
  ['context'],
  ['request'],
  ['log'],
  ['tasks'],
  ['failures'],
  ['errors', 'clock'],
  ['clip-text'],
];
const packages = '^node_modules/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...inOrder('local', local),
    ...inOrder('runtime', runtime),
    mayImport('runtime', ['runtime']),
    mayImport('functions', ['functions', 'runtime']),
    mayImport('local', ['local', 'runtime']),
    mayImport('testing', ['testing', 'local', 'runtime']),
    {
      name: 'no-sdk-at-load-time',
      comment: 'It costs a cold start more than all of the runtime does.',
      severity: 'error',
      // The signer is behind a require of its own: see runtime/queue/load-client.ts.
      from: { path: '^runtime/', pathNot: '^runtime/queue/signer[.]ts$' },
      to: { path: `${packages}(@aws-sdk|@smithy|aws-sdk)/`, dynamic: false, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'not-installed-with-the-package',
      severity: 'error',
      // What runs in the browser is bundled when the package is made. A peer of the package is its user's to install.
      from: { path: '^(runtime|functions|local|testing)/', pathNot: '^local/page/client/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only', 'npm-peer'],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.aws-sam|\\.local-lambda|coverage|dist)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'default'] },
  },
};

function inOrder(folder, tiers) {
  const place = (rooms) => `^${folder}/(${rooms.join('|')})(/|\\.ts$)`;
  return [
    ...tiers.flatMap((tier, index) =>
      tier.map((room) => ({
        name: `order-of-${folder}`,
        severity: 'error',
        from: { path: place([room]) },
        to: { path: `^${folder}/`, pathNot: place([room, ...tiers.slice(index + 1).flat()]) },
      })),
    ),
    {
      name: `room-without-a-place-in-${folder}`,
      severity: 'error',
      from: { path: `^${folder}/`, pathNot: place(tiers.flat()) },
      to: {},
    },
  ];
}

function mayImport(folder, allowed) {
  return {
    name: `way-out-of-${folder}`,
    severity: 'error',
    from: { path: `^${folder}/` },
    to: { path: '^(runtime|functions|local|testing|bench|package|tests|events)/', pathNot: `^(${allowed.join('|')})/` },
  };
}
