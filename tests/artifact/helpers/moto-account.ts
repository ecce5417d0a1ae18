import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  array,
  type InferOutput,
  looseObject,
  nullable,
  number,
  object,
  parse,
  record,
  string,
  unknown,
} from 'valibot';
import { folderWith } from '../../helpers/folder-with';
import { deployment, type Template } from './cloudformation';
import { startMotoServer } from './moto-server';
import { nobodysAccount } from './nobodys-account';

/** What moto_account.py prints. */
const Account = object({
  stackResources: array(string()),
  roles: array(object({ arn: string(), policies: record(string(), array(unknown())) })),
  functions: array(
    looseObject({
      FunctionName: string(),
      concurrency: nullable(number()),
      versions: array(string()),
      permissions: array(unknown()),
    }),
  ),
  logGroups: array(looseObject({ logGroupArn: string(), retentionInDays: number() })),
  alarms: array(unknown()),
  dashboards: array(looseObject({ widgets: array(unknown()) })),
  uploads: array(string()),
});
export type Account = InferOutput<typeof Account>;

export interface MotoAccount {
  /**
   * Runs `sam package`, the SAM transform and `sam deploy`, and resolves to the resources that AWS would make.
   * Without the transform `sam deploy` succeeds too, but moto does not apply it, and passes over the whole function.
   */
  deploy(builtTemplate: string, parameters: Readonly<Record<string, string | number>>): Promise<Template['Resources']>;
  /** Runs `sam delete`. */
  deleteStack(): Promise<void>;
  holds(): Promise<Account>;
}

interface Tools {
  readonly moto: string;
  readonly sam: string;
  readonly python: string;
}

/** An AWS account of its own, in a process that is killed when the tests of the file are over. */
export async function startMoto({ moto, sam, python }: Tools): Promise<MotoAccount> {
  const url = await startMotoServer(moto);
  const folder = await folderWith({});
  const env = {
    ...nobodysAccount(folder),
    AWS_DEFAULT_REGION: 'eu-central-1',
    AWS_ENDPOINT_URL: url,
    SAM_CLI_TELEMETRY: '0',
    // Seconds between two questions of SAM's; moto is done when it answers.
    SAM_CLI_POLL_DELAY: '0.5',
  };
  const run = async (command: string, ...args: string[]) =>
    // Less than the test has, so that no SAM CLI outlives it.
    (await promisify(execFile)(command, args, { cwd: folder, env, timeout: 60_000 })).stdout;

  return {
    deploy: async (builtTemplate, parameters) => {
      // Not --resolve-s3, whose stack SAM asks for its outputs: moto keeps none of what a change set has made.
      await fetch(`${url}/uploads`, { method: 'PUT' });
      const target = ['--s3-bucket', 'uploads', '--output-template-file', 'packaged.yaml'];
      await run(sam, 'package', '--template-file', builtTemplate, ...target);
      const { transformed, deployed } = await deployment(python, join(folder, 'packaged.yaml'), parameters);
      await writeFile(join(folder, 'transformed.json'), JSON.stringify(transformed));

      const overrides = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
      const options = overrides.length === 0 ? [] : ['--parameter-overrides', ...overrides];
      const stack = ['--stack-name', 'background-tasks', '--capabilities', 'CAPABILITY_IAM'];
      await run(sam, 'deploy', '--template-file', 'transformed.json', ...stack, '--no-confirm-changeset', ...options);
      return deployed.Resources;
    },
    deleteStack: async () => {
      await run(sam, 'delete', '--stack-name', 'background-tasks', '--no-prompts');
    },
    holds: async () => parse(Account, JSON.parse(await run(python, join(__dirname, '../python/moto_account.py'), url))),
  };
}
