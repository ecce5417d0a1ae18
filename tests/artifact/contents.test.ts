import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { array, object, parse, string } from 'valibot';
import { builtArtifact, testWith } from './tools';

const SourceMap = object({ sources: array(string()), sourcesContent: array(string()) });

const readSourceMap = (codeFolder: string) =>
  parse(SourceMap, JSON.parse(readFileSync(join(codeFolder, 'app.js.map'), 'utf8')));

testWith(
  builtArtifact,
  'the artifact is the bundle and its source map, small enough to start fast',
  ({ codeFolder }) => {
    expect(readdirSync(codeFolder).sort()).toEqual(['app.js', 'app.js.map']);
    expect(statSync(join(codeFolder, 'app.js')).size).toBeLessThan(60_000);
    expect(statSync(join(codeFolder, 'app.js.map')).size).toBeLessThan(700_000);
  },
);

testWith(builtArtifact, 'the bundle has no AWS SDK, no test and no local Lambda in it', ({ codeFolder }) => {
  const { sources } = readSourceMap(codeFolder);
  expect(sources.filter((source) => /aws-sdk|@smithy|\.test\.|\/tests\/|\/local\/|\/bench\//.test(source))).toEqual([]);
  expect(sources.filter((source) => source.endsWith('/functions/background-tasks/handler.ts'))).toHaveLength(1);
});

testWith(builtArtifact, 'the source map belongs to the bundle and holds the sources', ({ codeFolder }) => {
  const { sources, sourcesContent } = readSourceMap(codeFolder);
  expect(readFileSync(join(codeFolder, 'app.js'), 'utf8')).toMatch(/\/\/# sourceMappingURL=app\.js\.map\n?$/);
  expect(sourcesContent).toHaveLength(sources.length);
});
