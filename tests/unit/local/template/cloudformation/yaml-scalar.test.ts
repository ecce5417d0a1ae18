import { readPlainScalar } from '../../../../../local/template/cloudformation/yaml-scalar';

test.each([
  ['yes', 'true'],
  ['Yes', 'true'],
  ['YES', 'true'],
  ['on', 'true'],
  ['On', 'true'],
  ['ON', 'true'],
  ['true', 'true'],
  ['True', 'true'],
  ['TRUE', 'true'],
  ['no', 'false'],
  ['No', 'false'],
  ['NO', 'false'],
  ['off', 'false'],
  ['Off', 'false'],
  ['OFF', 'false'],
  ['false', 'false'],
  ['False', 'false'],
  ['FALSE', 'false'],
])('%s is the boolean %s', (source, text) => {
  expect(readPlainScalar(source)).toEqual({ text, type: 'boolean' });
});

test.each(['', '~', 'null', 'Null', 'NULL'])('"%s" is null', (source) => {
  expect(readPlainScalar(source)).toEqual({ text: '', type: 'null' });
});

test.each([
  ['0', '0'],
  ['-0', '0'],
  ['+5', '5'],
  ['-12', '-12'],
  ['123456789012', '123456789012'],
  ['12345678901234567890', '12345678901234567890'],
  ['1_000', '1000'],
  ['0300', '192'],
  ['-0300', '-192'],
  ['065115117704', '7133765572'],
  ['0x1F', '31'],
  ['0b101', '5'],
  ['22:30', '1350'],
  ['-1:30', '-90'],
  ['12:30:45', '45045'],
  ['1:30.5', '90.5'],
  ['1.0', '1.0'],
  ['1.10', '1.1'],
  ['1.', '1.0'],
  ['.5', '0.5'],
  ['0.0', '0.0'],
  ['1e3', '1000.0'],
  ['1.5e+3', '1500.0'],
  ['1234e56', '1.234E59'],
  ['1e10', '1.0E10'],
  ['1e-4', '1.0E-4'],
  ['99999999999.99', '99999999999.99'],
  ['0.0000001', '0.0000001'],
])('%s is the number %s', (source, text) => {
  expect(readPlainScalar(source)).toEqual({ text, type: 'number' });
});

test.each([
  ...['y', 'Y', 'n', 'N', 'yEs', 'oN', 'nULL'],
  ...['2012-10-17', '2010-09-09T12:00:00Z', '.inf', '.nan', '.', '-', '+'],
  // An account whose id begins with 0 and is not octal, a time before one o'clock, an address, a version.
  ...['012345678901', '0:30', '12:60', '10.0.0.1', '10.0.0.0/16', '1.2.3', '0x', '0b2', '1e', '12px', '_1'],
])('%s is text', (source) => {
  expect(readPlainScalar(source)).toEqual({ text: source, type: 'string' });
});
