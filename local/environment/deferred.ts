/** A promise that is settled from outside: Promise.withResolvers, which Node.js 20 does not have. */
export class Deferred<Value = void> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;

  constructor() {
    let resolvePromise: (value: Value) => void = () => undefined;
    this.promise = new Promise((resolve) => {
      resolvePromise = resolve;
    });
    this.resolve = resolvePromise;
  }
}
