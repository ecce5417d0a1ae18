/** The template's Metadata.BuildProperties, as `sam build` reads them. */
export interface BuildProperties {
  readonly entryPoints: readonly string[];
  readonly format?: 'cjs' | 'esm';
  readonly target?: string;
  readonly minify?: boolean;
  readonly sourcemap?: boolean;
  readonly external?: readonly string[];
  readonly outExtension?: Readonly<Record<string, string>>;
  readonly mainFields?: readonly string[];
  readonly loader?: Readonly<Record<string, string>>;
  readonly define?: Readonly<Record<string, string>>;
  readonly banner?: Readonly<Record<string, string>>;
}
