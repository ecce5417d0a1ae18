import { endpointOf } from '../../../../runtime/queue/endpoint';

test.each([
  ['aws', 'eu-west-1', 'https://lambda.eu-west-1.amazonaws.com/'],
  ['aws-us-gov', 'us-gov-west-1', 'https://lambda.us-gov-west-1.amazonaws.com/'],
  ['aws-cn', 'cn-north-1', 'https://lambda.cn-north-1.amazonaws.com.cn/'],
  ['aws-eusc', 'eusc-de-east-1', 'https://lambda.eusc-de-east-1.amazonaws.eu/'],
])('the Lambda API of the partition %s', (partition, region, url) => {
  expect(endpointOf({}, { partition, region }).href).toBe(url);
});

test('the variables of the SDKs go before, that of the service first', () => {
  const place = { partition: 'aws', region: 'eu-west-1' };
  const AWS_ENDPOINT_URL = 'http://127.0.0.1:4566';
  expect(endpointOf({ AWS_ENDPOINT_URL }, place).port).toBe('4566');
  expect(endpointOf({ AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_LAMBDA: 'http://127.0.0.1:3001' }, place).port).toBe('3001');
});

test('a variable that is empty, as a template leaves one, is none', () => {
  const place = { partition: 'aws', region: 'eu-west-1' };
  const empty = { AWS_ENDPOINT_URL_LAMBDA: '', AWS_ENDPOINT_URL: '' };
  expect(endpointOf(empty, place).hostname).toBe('lambda.eu-west-1.amazonaws.com');
  expect(endpointOf({ ...empty, AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' }, place).port).toBe('4566');
});
