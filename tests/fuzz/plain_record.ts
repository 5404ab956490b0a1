import fc from "fast-check";

/** Objects with these fields, all of them given, as an object literal makes them. */
export function plainRecord<T>(
  fields: { readonly [Field in keyof T]: fc.Arbitrary<T[Field]> },
): fc.Arbitrary<T> {
  return fc.record(fields, { noNullPrototype: true });
}
