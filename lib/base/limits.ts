import { HOUR, KIB, MIB, SECOND } from "./units.ts";

/**
 * Every cap of the project in one place: value with its unit, the reason, and where it comes from.
 * A number that is not from a protocol page is this project's decision and says why.
 */
export const LIMITS = {
  /** Characters in a name. `protocols/README.md`. */
  nameCharacters: 64,

  /** Bytes of a line on TCP 5000 and between overlay peers. `protocols/README.md`. */
  jsonLineBytes: 32 * KIB,
  /** Bytes of a line of direct chat. `protocols/README.md`. */
  chatLineBytes: 8 * KIB,
  /** Bytes of a server's LIST or DISCOVER reply that a peer reads. `protocols/README.md`. */
  serverReplyBytes: 16 * MIB,

  /** A chat user's lease: three missed keepalives. `protocols/chat.md`. */
  chatLease: 15 * SECOND,
  /** Interval of a chat peer's keepalives. `protocols/chat.md`. */
  chatKeepalive: 5 * SECOND,
  /**
   * How often a chat peer asks the server for its own address, to see whether the connection still
   * reaches anybody: an address that changed breaks it without a word.
   */
  chatProbe: 10 * SECOND,
  /** Time for a valid USER after a connection to the chat port. `protocols/chat.md`. */
  chatRegistration: 15 * SECOND,
  /** Time for USER as the first line between peers. `protocols/chat.md`. */
  chatGreeting: 10 * SECOND,

  /** Time for a complete request on the registry port. `protocols/rendezvous.md`. */
  registryRequest: 10 * SECOND,
  /** A rendezvous lease in seconds where none is asked for, the least and the most. */
  rendezvousTtlSeconds: { default: 7200, least: 1, most: 86400 },

  /** How often a server looks for leases and connections that ran out: one sweep for all. */
  serverSweep: SECOND / 4,
  /**
   * Records that one address may hold in one service. A classroom behind one NAT stays far below;
   * an address that registers names in a loop does not fill the directory for others.
   */
  recordsPerOwner: 10_000,
  /** Records of one service in a directory in memory: about 400 bytes each, so 400 MB at the most. */
  recordsPerService: 1_000_000,
  /**
   * Records of all services: where a hundred addresses together have filled one of them, the others
   * have room for five times the users that a server has connections for.
   */
  records: 1_100_000,

  /** Connections that a server keeps by default: below the usual limit of 20,000 descriptors. */
  serverConnections: 19_000,
  /** Connections from one address by default: a large classroom or a campus behind one NAT. */
  serverConnectionsPerIp: 4_000,
  /** Length of the kernel's queue of connections not yet accepted (511 made bursts wait 9 s). */
  tcpBacklog: 4096,
  /** Pause after a failed accept, which is what the file limit looks like. */
  acceptPause: SECOND / 10,
  /** Bytes that may wait for one client of a server beyond one reply; more drops the client. */
  sendQueueBytes: 1 * MIB,
  /** Characters of a long line that are encoded at a time: who does not read costs no more. */
  sendPiece: 64 * KIB,
  /** Milliseconds that an unhurried line waits at the most: less than anybody notices. */
  unhurried: 20,
  /** Bytes waiting for a client above which its further requests are not read. */
  sendQueueHighWater: 64 * KIB,
  /** Time without progress in sending to a client after which it counts as one that never reads. */
  sendStall: 10 * SECOND,
  /** Lines of one read that are taken before other connections have their turn: some milliseconds. */
  lineTurn: { lines: 256, rest: 0 },
  /** Reads of one connection that leave more to be read, before others have their turn: 256 KiB. */
  turnReads: 4,
  /** Connections that go on at a time, of those that wait for others: some milliseconds. */
  turnLinks: 4,
  /** Lines that a full send queue counts: a turn ends after four times that 64 KiB were waited for. */
  turnFullQueue: 64,
  /** Time for one of them to come back or to catch up, before the next go on without it. */
  turnPatience: SECOND / 20,
  /** Lines of a partner before a rest: 400 a second, more than anybody reads or pastes. */
  chatTurn: { lines: 100, rest: SECOND / 4 },
  /** First size of a connection's read buffer: holds a KEEP; grows when a read fills it. */
  readBufferLeast: 128,
  /** Largest size of a connection's read buffer. */
  readBufferMost: 64 * KIB,

  /** Time for a TCP connection to a peer or a server to be made. */
  connect: 10 * SECOND,
  /** Time for a server to answer a request of a peer before it counts as gone. */
  serverReply: 10 * SECOND,
  /** Time for an orderly end (DISC, a last reply) before a connection is cut. */
  linger: 2 * SECOND,
  /** Back-off of a peer that lost its server. */
  reconnect: { first: 1 * SECOND, most: 30 * SECOND },
  /** Time for the server to say whose address a caller's is, before the caller counts unverified. */
  chatVerification: 3 * SECOND,
  /**
   * Age of a call up to which one from its own callee means that both called at once: the time for
   * a connection to be made and a caller to be verified. With an older one, they have come back.
   */
  chatCrossing: 10 * SECOND,
  /** Connections that have not said who they are; one more costs the oldest its place. */
  chatGreetings: 64,
  /** Conversations that one address can have begun with us: half of all, for others to get in. */
  chatCallersPerIp: 128,
  /** Time after which a person is told that a call is being tried. */
  chatCallQuiet: 1 * SECOND,
  /** Conversations at once, begun or open. */
  chatConversations: 256,
  /** Lines kept of a caller whose name is still being verified; more are worth showing unverified. */
  chatLinesBeforeVerified: 64,
  /** Connections that a peer accepts at once, whatever they turn out to be. */
  peerConnections: 512,
  /** Of these, from one address: half, for others to get in. */
  peerConnectionsPerIp: 256,
  /** Requests to the server that wait for their replies; more are refused to the person. */
  chatPendingRequests: 256,
  /** Bytes of a datagram that is read: the most that UDP carries. */
  datagramBytes: 64 * KIB,
  /** Messages of calls that are shown or logged: all of a call's, not all of a flood. */
  datagramsShown: { rate: 20, burst: 100 },
  /** Pause after a failed receive, which Windows reports for a datagram that met a closed port. */
  receivePause: SECOND / 100,
  /** Bytes of played songs that are kept in memory, where there is no folder for them. */
  memorySongs: 256 * MIB,
  /** Songs that wait to be played: more than a day of music. */
  musicQueue: 500,
  /** How often the line of the song that plays, and those of downloads, are brought up to date. */
  musicTick: SECOND / 2,
  /** Bytes a second of music each way while there is a call: a song goes on, a call takes 10 KB. */
  musicInCall: 256 * KIB,
  /** Ports tried above a wanted one that is taken. */
  portsTried: 100,

  /** Lines of history that the prompt keeps. */
  promptHistory: 1000,
  /** Characters of one line of a log or a trace; what is longer is cut and says so. */
  traceCharacters: 400,
  /** Bytes of output that may wait for a terminal or a pipe that does not read. */
  outputBytes: 4 * MIB,
  /** Rows of the server's table of users on the screen; the newest are shown. */
  tableRows: 50,
  /** Least time between two prints of that table. */
  tableInterval: SECOND / 4,

  /** Bound on any clock arithmetic that takes seconds from a remote. */
  longestLease: 24 * HOUR,
  /** How often connections are looked at for those that do not read: one sweep for all. */
  linkSweep: 1 * SECOND,
  /** Time since the last sweep that says that this process stood still, and not who is looked at. */
  sweepLate: 5 * SECOND,
} as const;
