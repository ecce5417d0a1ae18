// ts-jest transpiles one file at a time (isolatedModules) and checks no types: `npm test` runs tsc first.
const transform = {
  '\\.ts$': ['ts-jest', { tsconfig: { module: 'commonjs', moduleResolution: 'node10', ignoreDeprecations: '6.0' } }],
};
const project = (name, options = {}) => ({
  displayName: name,
  rootDir: __dirname,
  roots: [`<rootDir>/tests/${name}`],
  testMatch: ['**/*.test.ts'],
  transform,
  ...options,
});

module.exports = {
  projects: [
    project('unit'),
    project('integration'),
    project('browser', { globalSetup: '<rootDir>/tests/browser/requirements.ts' }),
    project('artifact'),
    project('package'),
    project('deployed', { globalSetup: '<rootDir>/tests/deployed/requirements.ts' }),
  ],
  testTimeout: 60_000,
  // A core each, and none kept back as by default: most of the time they wait for a function, a timer or a process.
  maxWorkers: '100%',
};
