import { readHello } from '../../../helpers/read-template';

describe('LoggingConfig', () => {
  const logging = async (config: string) => {
    const { named } = await readHello(
      `      Runtime: nodejs24.x\n      Handler: app.handler\n      LoggingConfig: ${config}`,
    );
    return named('Hello').logging;
  };

  test('is read whole', async () => {
    const config = '{ LogFormat: JSON, ApplicationLogLevel: DEBUG, SystemLogLevel: WARN, LogGroup: /my/log }';
    expect(await logging(config)).toEqual({
      format: 'JSON',
      applicationLogLevel: 'DEBUG',
      systemLogLevel: 'WARN',
      logGroup: '/my/log',
    });
  });

  test('means text where it says no more than the group, which may be another resource', async () => {
    expect(await logging('{ LogGroup: !Ref Table }')).toEqual({ format: 'Text', logGroup: 'Table' });
  });

  test('has only the levels that Lambda knows', async () => {
    await expect(logging('{ LogFormat: JSON, SystemLogLevel: TRACE }')).rejects.toThrow(
      /template\.yaml:9: Hello\.LoggingConfig\.SystemLogLevel: expected DEBUG or INFO or WARN, received TRACE\./,
    );
  });
});

describe('a FunctionUrlConfig', () => {
  test('has its CORS settings read, one value or many', async () => {
    const { named } = await readHello(`      Handler: app.handler
      Runtime: nodejs24.x
      FunctionUrlConfig:
        AuthType: NONE
        Cors:
          AllowOrigins: [https://app.example, http://localhost:5173]
          AllowMethods: '*'
          AllowCredentials: true
          MaxAge: 300
      EventInvokeConfig: { MaximumRetryAttempts: 0 }`);
    expect(named('Hello')).toMatchObject({
      url: {
        cors: {
          allowCredentials: true,
          allowHeaders: [],
          allowMethods: ['*'],
          allowOrigins: ['https://app.example', 'http://localhost:5173'],
          exposeHeaders: [],
          maxAge: 300,
        },
      },
      eventRetries: 0,
    });
  });

  test('whose CORS settings AWS would refuse is refused', async () => {
    const properties = `      Handler: app.handler
      Runtime: nodejs24.x
      FunctionUrlConfig: { AuthType: NONE, Cors: { MaxAge: 86401 } }`;
    await expect(readHello(properties)).rejects.toThrow(
      'Hello.FunctionUrlConfig.Cors.MaxAge: expected a whole number from 0 to 86400, received 86401',
    );
  });
});

describe('what the local Lambda cannot do without', () => {
  test.each([
    [
      'a value that only a deployment knows',
      '      Runtime: nodejs24.x\n      Handler: !GetAtt Table.StreamArn',
      /template\.yaml:8: Hello\.Handler: expected a string that is known locally, but !GetAtt Table\.StreamArn is known only once/,
    ],
    [
      'a reference to nothing',
      '      Runtime: nodejs24.x\n      Handler: app.handler\n      Timeout: !Ref Tmeout',
      /template\.yaml:9: Hello\.Timeout: .* !Ref Tmeout names neither a parameter nor a resource/,
    ],
    [
      'a number out of range',
      '      Runtime: nodejs24.x\n      Handler: app.handler\n      Timeout: 901',
      /template\.yaml:9: Hello\.Timeout: expected a whole number from 1 to 900, received 901\./,
    ],
    ['no handler', '      Runtime: nodejs24.x', /template\.yaml:7: Hello\.Handler: expected a value, received none\./],
    [
      'an unknown architecture',
      '      Runtime: nodejs24.x\n      Handler: a.b\n      Architectures: [arm]',
      /template\.yaml:9: Hello\.Architectures: expected a list of one of x86_64 or arm64, received arm\./,
    ],
  ])('fails with file and line: %s', async (_, properties, message) => {
    await expect(readHello(properties)).rejects.toThrow(message);
  });
});
