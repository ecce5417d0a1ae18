import { readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { array, object, optional, parse, string } from 'valibot';
import { builtArtifact } from './helpers/built-artifact';
import { testWith } from './helpers/test-with';

const SourceMap = object({ sources: array(string()), sourcesContent: optional(array(string())) });

const readSourceMap = (codeFolder: string) =>
  parse(SourceMap, JSON.parse(readFileSync(join(codeFolder, 'app.js.map'), 'utf8')));

testWith(
  builtArtifact,
  'the artifact is the bundle and its source map, small enough to start fast',
  ({ codeFolder }) => {
    expect(readdirSync(codeFolder).sort()).toEqual(['app.js', 'app.js.map']);
    expect(statSync(join(codeFolder, 'app.js')).size).toBeLessThan(45_000);
    expect(statSync(join(codeFolder, 'app.js.map')).size).toBeLessThan(100_000);
  },
);

testWith(builtArtifact, 'the bundle has no AWS SDK, no test and no local Lambda in it', ({ codeFolder }) => {
  const { sources } = readSourceMap(codeFolder);
  expect(sources.filter((source) => /aws-sdk|@smithy|\.test\.|\/tests\/|\/local\/|\/bench\//.test(source))).toEqual([]);
  expect(sources.filter((source) => source.endsWith('/functions/background-tasks/handler.ts'))).toHaveLength(1);
});

testWith(builtArtifact, 'the source map belongs to the bundle and leaves the sources out', ({ codeFolder }) => {
  expect(readFileSync(join(codeFolder, 'app.js'), 'utf8')).toMatch(/\/\/# sourceMappingURL=app\.js\.map\n?$/);
  // Node.js reads the whole map at each cold start, and needs the names of the sources only.
  expect(readSourceMap(codeFolder).sourcesContent).toBeUndefined();
});

testWith(
  builtArtifact,
  'the source map names no folder of this machine but the scratch one of SAM',
  ({ codeFolder }) => {
    const parts = readSourceMap(codeFolder).sources.map((source) => inFolder.exec(source) ?? [source]);
    const folders = new Set(parts.map(([, folder]) => folder));
    expect([...folders]).toEqual([expect.stringMatching(/^(?:\S+\/)?tmp\w+$/)]);
    expect(parts.join()).not.toContain(homedir().slice(1));
    expect(parts.join()).not.toContain(process.cwd().slice(1));
  },
);

/** The way up from the artifact, then to the copy of the project that SAM built, then a path of the project. */
const inFolder = /^(?:\.\.\/)+(.+?)\/(?:functions|runtime|node_modules)\//;
