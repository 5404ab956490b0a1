/** Under what the honest user of a server is registered, with all systems. */
export const HONEST = {
  name: "Honesta",
  namespace: "Sala",
  port: 20_100,
  song: "Águas de Março",
} as const;
