/**
 * The services whose registrations outlive the connection that they came on, and so a restart of
 * the server. Those of chat and calls are their connections' and end with them.
 */
export const STORED_SERVICES: readonly string[] = ["rendezvous", "music"];
