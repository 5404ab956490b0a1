/** The TCP ports of a server where none is given (`protocols/README.md`). */
export const DEFAULT_PORTS = { chat: 10000, registry: 5000 } as const;

/** The UDP port of a peer's calls where none is given (`protocols/call.md`). */
export const CALL_PORT = 6000;

/** The UDP port of a peer's music where none is given (`protocols/music.md`). */
export const MUSIC_PORT = 7000;
