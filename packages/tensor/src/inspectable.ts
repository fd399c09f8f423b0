/** What Node's console prints of a class of ours. */

/**
 * A base class whose instances Node's console prints by their `toString()`.
 *
 * Made by a call that is marked pure: a static block or a method under a computed name would count as an effect of the
 * import, and hold the whole class in every bundle.
 */
export const Inspectable: new () => object = /* @__PURE__ */ inspectable();

function inspectable(): new () => object {
  return class {
    [Symbol.for("nodejs.util.inspect.custom")](): string {
      return String(this);
    }
  };
}
