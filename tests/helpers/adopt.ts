import { readFileSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { folderWith } from './folder-with';
import { fences } from './readme';

const project = path.join(__dirname, '../..');

/** A handler that docs/adopt.md shows. */
export interface Example {
  /** The title of its section, and a number where that has several. */
  readonly name: string;
  readonly language: string;
  readonly code: string;
}

export function examples(): Example[] {
  const page = readFileSync(path.join(project, 'docs/adopt.md'), 'utf8');
  return page.split(/^###? /m).flatMap((section) => {
    const title = section.split('\n')[0]?.replaceAll(/\W/g, '') ?? '';
    return fences(section).map(({ language, content }, index) => ({
      name: title + (index === 0 ? '' : String(index + 1)),
      language,
      code: content,
    }));
  });
}

/**
 * A folder with a function for each example, which finds the packages that are installed here. A receipt has been sent when
 * there is a file of the order's name in the folder.
 */
export async function folderOf(
  handlers: readonly Example[],
  variables: Readonly<Record<string, string>>,
): Promise<string> {
  const folder = await folderWith({
    'template.yaml': templateOf(handlers, variables),
    'receipts.ts': receipts,
    'tsconfig.json': JSON.stringify(strict),
    ...Object.fromEntries(handlers.map(({ name, language, code }) => [`${name}.${language}`, code])),
  });
  await symlink(path.join(project, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  return folder;
}

/** As the receipts of docs/adopt.md: async, and slow. The folder of the function is a copy of this one. */
const receipts = `import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

export async function sendReceipt(order: string): Promise<void> {
  while (!existsSync(\`\${process.env['RECEIPTS']}/\${order}\`)) await setTimeout(5);
}
`;

const runtime = path.join(project, 'runtime/index.ts');
const strict = {
  extends: path.join(project, 'tsconfig.json'),
  compilerOptions: {
    paths: { 'background-tasks': [runtime] },
    typeRoots: [path.join(project, 'node_modules/@types')],
    types: ['node', 'aws-lambda'],
  },
  include: ['*.ts'],
};

function templateOf(handlers: readonly Example[], variables: Readonly<Record<string, string>>): string {
  const resources = handlers.map(({ name, language }): [string, object] => [
    name,
    {
      Type: 'AWS::Serverless::Function',
      Metadata: {
        BuildMethod: 'esbuild',
        BuildProperties: {
          EntryPoints: [`${name}.${language}`],
          Alias: [`background-tasks=${runtime}`],
          // Its hooks are for packages that are loaded, not bundled: as its documentation has it.
          External: ['@sentry/node'],
        },
      },
      Properties: { Handler: `${name}.handler` },
    },
  ]);
  const common = {
    Runtime: 'nodejs24.x',
    CodeUri: '.',
    Timeout: 30,
    MemorySize: 512,
    Environment: { Variables: variables },
    FunctionUrlConfig: { AuthType: 'NONE', InvokeMode: 'RESPONSE_STREAM' },
  };
  const template = {
    Transform: 'AWS::Serverless-2016-10-31',
    Globals: { Function: common },
    Resources: Object.fromEntries(resources),
  };
  // JSON is YAML.
  return JSON.stringify(template);
}
