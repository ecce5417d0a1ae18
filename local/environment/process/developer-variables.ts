import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * The developer's own variables that a function gets: whom it acts as, for there is no role here, and where AWS is, which
 * may be on this machine. A developer without credentials gives it stand-ins, so that an SDK can sign a request to a
 * server that does not ask whose it is, the local Lambda for one.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function developerVariables(
  variables: Readonly<Record<string, string | undefined>>,
  home = homedir(),
): Record<string, string> {
  const own = filesOf(home);
  for (const [name, value] of Object.entries(variables)) {
    // An empty one is none, as the SDKs have it: it is not to hide a stand-in, nor what is set elsewhere.
    if (!value || !passedOn.test(name)) continue;
    // The function has another working directory.
    own[name] = name.endsWith('_FILE') ? pathOf(value, home) : value;
  }
  return hasCredentials(own) ? own : { ...own, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
}

const passedOn = new RegExp(
  `^AWS_(${[
    'ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN',
    'PROFILE|CONFIG_FILE|SHARED_CREDENTIALS_FILE',
    'ROLE_ARN|ROLE_SESSION_NAME|WEB_IDENTITY_TOKEN_FILE',
    'CONTAINER_CREDENTIALS_(RELATIVE|FULL)_URI|CONTAINER_AUTHORIZATION_TOKEN(_FILE)?',
    'ENDPOINT_URL(_\\w+)?|IGNORE_CONFIGURED_ENDPOINT_URLS',
  ].join('|')})$`,
);

/** Where the SDKs look by default; the function itself has no HOME. */
function filesOf(home: string): Record<string, string> {
  const files = {
    AWS_CONFIG_FILE: join(home, '.aws', 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, '.aws', 'credentials'),
  };
  return Object.fromEntries(Object.entries(files).filter(([, file]) => existsSync(file)));
}

/** As the SDKs read it. */
const pathOf = (value: string, home: string): string =>
  value.startsWith('~') ? join(home, value.slice(1)) : resolve(value);

function hasCredentials(own: Readonly<Record<string, string>>): boolean {
  const files = [own['AWS_CONFIG_FILE'], own['AWS_SHARED_CREDENTIALS_FILE']].filter((file) => file !== undefined);
  return (
    Object.keys(own).some((name) => sourceVariables.test(name)) ||
    files.some((file) => sourceSettings.test(textOf(file)))
  );
}

/** What says where to get credentials: a variable, or a setting in a file. */
const sourceVariables = /^AWS_(ACCESS_KEY_ID|PROFILE|WEB_IDENTITY_TOKEN_FILE|CONTAINER_CREDENTIALS_\w+)$/;
const sourceSettings =
  /^\s*(aws_access_key_id|credential_process|credential_source|login_session|role_arn|sso_\w+)\s*=/m;

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
