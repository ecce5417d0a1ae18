import { isIP } from 'node:net';

/** Whether what listens on this address can be reached from this machine only. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '::1' ||
  (isIP(host) === 4 && host.startsWith('127.'));
