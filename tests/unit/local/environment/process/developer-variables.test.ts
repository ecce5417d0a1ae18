import { join, resolve } from 'node:path';
import { developerVariables } from '../../../../../local/environment/process/developer-variables';
import { folderWith } from '../../../../helpers/folder-with';

const standIns = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
const noHome = '/no/such/home';

test.each([
  { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token' },
  { AWS_PROFILE: 'work', AWS_CONFIG_FILE: '/etc/aws/config', AWS_SHARED_CREDENTIALS_FILE: '/etc/aws/credentials' },
  { AWS_ROLE_ARN: 'arn', AWS_WEB_IDENTITY_TOKEN_FILE: '/run/token' },
  { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://localhost/', AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '/run/token' },
])('%p is passed on as it is', (variables) => {
  expect(developerVariables(variables, noHome)).toEqual(variables);
});

test('where AWS is, is passed on too; the rest stays here', () => {
  const endpoints = { AWS_ENDPOINT_URL: 'http://localhost:4566', AWS_ENDPOINT_URL_S3: 'http://localhost:9000' };
  const others = { AWS_REGION: 'eu-west-1', AWS_LAMBDA_FUNCTION_NAME: 'other', HOME: '/root', MY_AWS_PROFILE: 'mine' };
  expect(developerVariables({ ...endpoints, ...others }, noHome)).toEqual({ ...endpoints, ...standIns });
});

test('what is empty is as good as not set', () => {
  const empty = { AWS_ACCESS_KEY_ID: '', AWS_PROFILE: '', AWS_CONFIG_FILE: '', AWS_ENDPOINT_URL_LAMBDA: '' };
  expect(developerVariables(empty, noHome)).toEqual(standIns);
});

test('a file is passed on by a path that holds in any working directory', () => {
  const variables = {
    AWS_CONFIG_FILE: '~/work/config',
    AWS_SHARED_CREDENTIALS_FILE: 'credentials',
    AWS_PROFILE: 'work',
  };
  expect(developerVariables(variables, '/home/me')).toEqual({
    AWS_CONFIG_FILE: join('/home/me', 'work', 'config'),
    AWS_SHARED_CREDENTIALS_FILE: resolve('credentials'),
    AWS_PROFILE: 'work',
  });
});

describe('stand-ins for credentials', () => {
  test('are given to a function whose developer has none', async () => {
    expect(developerVariables({}, noHome)).toEqual(standIns);
    const home = await folderWith({ '.aws/config': '[default]\nregion = eu-west-1\n' });
    expect(developerVariables({}, home)).toEqual({ ...standIns, AWS_CONFIG_FILE: join(home, '.aws/config') });
  });

  test.each([
    ['credentials', '[default]\naws_access_key_id = key\naws_secret_access_key = secret\n'],
    ['config', '[default]\ncredential_process = /bin/credentials\n'],
    ['config', '[profile a]\nsso_session=work\n'],
  ])('are not where .aws/%s has %j', async (file, content) => {
    const home = await folderWith({ [`.aws/${file}`]: content });
    const name = file === 'config' ? 'AWS_CONFIG_FILE' : 'AWS_SHARED_CREDENTIALS_FILE';
    expect(developerVariables({}, home)).toEqual({ [name]: join(home, '.aws', file) });
  });

  test('are not where a file elsewhere has some', async () => {
    const folder = await folderWith({ mine: 'aws_access_key_id=key' });
    const variables = { AWS_SHARED_CREDENTIALS_FILE: join(folder, 'mine') };
    expect(developerVariables(variables, noHome)).toEqual(variables);
  });
});
