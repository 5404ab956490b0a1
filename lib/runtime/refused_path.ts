/**
 * What the refusal of a path means. Some, as all below `/proc`, Deno keeps from every program that
 * may not do everything: no flag of ours is missing there, so it is the system that does not allow it.
 *
 * @param wanted what was to be done at `path`
 * @returns `error`, or a `PermissionDenied` in the place of a `NotCapable` that no flag would help
 */
export function refusedPath(
  error: unknown,
  path: string,
  ...wanted: readonly ("read" | "write")[]
): unknown {
  if (!(error instanceof Deno.errors.NotCapable)) return error;
  const granted = wanted.every((name) =>
    Deno.permissions.querySync({ name, path }).state === "granted"
  );
  return granted ? new Deno.errors.PermissionDenied(error.message, { cause: error }) : error;
}
