import type { ScalarType } from './nodes';

/**
 * What CloudFormation takes an unquoted YAML value for. It reads YAML 1.1 as SnakeYAML does: `yes`, `on` and their like
 * are booleans, `0300` is 192, `22:30` is 1350, `1.10` is 1.1; `y` and `n` stay text. Dates stay text too, and so do
 * `.inf` and `.nan`, which no JSON has. What begins with a zero but is not octal stays text as well: `sam deploy` puts
 * it in quotes.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 * @see https://yaml.org/type/
 */
export function readPlainScalar(source: string): { readonly text: string; readonly type: ScalarType } {
  if (/^(~|null|Null|NULL|)$/.test(source)) return { text: '', type: 'null' };
  if (/^(yes|Yes|YES|true|True|TRUE|on|On|ON)$/.test(source)) return { text: 'true', type: 'boolean' };
  if (/^(no|No|NO|false|False|FALSE|off|Off|OFF)$/.test(source)) return { text: 'false', type: 'boolean' };
  const { sign = '', digits = '' } = /^(?<sign>[-+]?)(?<digits>[\d.].*)$/.exec(source)?.groups ?? {};
  const number = readInteger(digits.replaceAll('_', '')) ?? readFloat(digits.replaceAll('_', ''));
  if (number === undefined) return { text: source, type: 'string' };
  return { text: sign === '-' && number !== '0' ? `-${number}` : number, type: 'number' };
}

function readInteger(digits: string): string | undefined {
  if (/^0[0-7]+$/.test(digits)) return String(BigInt(`0o${digits.slice(1)}`));
  if (/^(0b[01]+|0x[\da-f]+|0|[1-9]\d*)$/i.test(digits)) return String(BigInt(digits));
  if (/^[1-9]\d*(:[0-5]?\d)+$/.test(digits)) return String(readSexagesimal(digits));
  return undefined;
}

function readFloat(digits: string): string | undefined {
  if (/^(\d+\.\d*|\.\d+)$/.test(digits)) return asDecimal(digits);
  if (/^((0|[1-9]\d*)|\d+\.\d*|\.\d+)e[-+]?\d+$/i.test(digits)) return asJavaDouble(Number(digits));
  if (/^\d+(:[0-5]?\d)+\.\d*$/.test(digits)) return withFraction(String(readSexagesimal(digits)));
  return undefined;
}

const readSexagesimal = (digits: string): number => digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);

/** `1.10` is 1.1, and `1.` is 1.0. */
function asDecimal(digits: string): string {
  const number = String(Number(digits));
  return number.includes('e') ? digits : withFraction(number);
}

/** What has an exponent is written as Java writes a double: `1.0`, and from ten millions on `1.0E7`. */
function asJavaDouble(value: number): string {
  if (value === 0) return '0.0';
  if (value >= 1e-3 && value < 1e7) return withFraction(String(value));
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  return `${withFraction(mantissa)}E${exponent.replace('+', '')}`;
}

const withFraction = (digits: string): string => (digits.includes('.') ? digits : `${digits}.0`);
