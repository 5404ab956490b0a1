/** A file cannot be built for a reason that the builder can be told in one sentence. */
export class PackagingError extends Error {
  override readonly name = "PackagingError";
}
