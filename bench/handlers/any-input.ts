import type { StandardSchemaV1 } from '@standard-schema/spec';

/** The smallest schema there is: it takes anything. */
export const anyInput: StandardSchemaV1 = {
  '~standard': { version: 1, vendor: 'bench', validate: (value) => ({ value }) },
};
