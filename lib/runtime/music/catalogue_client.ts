import { RemoteProtocolError } from "../../base/errors.ts";
import type { CatalogueFile } from "../../protocol/music.ts";
import { parseCatalogueReply } from "../../protocol/music.ts";
import type {
  CatalogueOutcome,
  MembershipInput,
  MembershipOptions,
} from "../../music/catalogue/contract.ts";
import { CatalogueMembership } from "../../music/catalogue/membership.ts";
import { type CatalogueListing, CatalogueSearch } from "../../music/catalogue/search.ts";
import type { CatalogueStatus } from "../../music/library_status.ts";
import { askOnce } from "../ask_once.ts";

/** Where the catalogue is. */
export interface CatalogueServer {
  readonly host: string;
  readonly port: number;
}

/** What a search came to. */
export type SearchOutcome =
  | { readonly kind: "found"; readonly listing: CatalogueListing }
  /** The server said no; `error` is its word. */
  | { readonly kind: "refused"; readonly error: string }
  | { readonly kind: "unreachable"; readonly reason: string };

/** One request to the catalogue (`protocols/music.md`). Everything that can go wrong is a result. */
export async function askCatalogue(
  server: CatalogueServer,
  line: string,
  signal: AbortSignal,
): Promise<CatalogueOutcome> {
  const answer = await askOnce(server, line, signal);
  if (answer.kind === "failed") return { kind: "unreachable", reason: answer.reason };
  try {
    return { kind: "reply", reply: parseCatalogueReply(answer.bytes) };
  } catch (error) {
    if (!(error instanceof RemoteProtocolError)) throw error;
    return { kind: "reply", reply: { kind: "error", error: error.code } };
  }
}

/** Everything that the catalogue has of `query`, page by page. */
export async function searchCatalogue(
  server: CatalogueServer,
  query: string,
  signal: AbortSignal,
): Promise<SearchOutcome> {
  const search = new CatalogueSearch(query);
  let step = search.start();
  while (step.kind === "ask") {
    const outcome = await askCatalogue(server, step.line, signal);
    if (outcome.kind === "unreachable") return outcome;
    step = search.take(outcome.reply);
  }
  return step;
}

/** What a {@link CatalogueClient} tells. */
export interface CatalogueObserver {
  report(status: CatalogueStatus): void;
  bug(error: unknown): void;
}

/** The running entry of a node: its machine, its timer and its requests. */
export class CatalogueClient implements AsyncDisposable {
  readonly #machine: CatalogueMembership;
  readonly #asking = new AbortController();
  readonly #requests = new Set<Promise<void>>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #left = Promise.withResolvers<void>();

  /** Registers the files that {@link share} has been given, or none as long as it was not called. */
  constructor(
    readonly server: CatalogueServer,
    options: MembershipOptions,
    readonly observer: CatalogueObserver,
  ) {
    this.#machine = new CatalogueMembership(options);
  }

  /** Enters the catalogue. */
  start(): void {
    this.#submit({ kind: "start" });
  }

  /** What is shared from now on. */
  share(files: readonly CatalogueFile[]): void {
    this.#submit({ kind: "files", files });
  }

  /** Leaves the catalogue; resolves when that is done, or after two seconds. */
  async leave(): Promise<void> {
    if (this.#asking.signal.aborted) return;
    this.#submit({ kind: "leave" });
    await this.#left.promise;
  }

  /** Ends at once what is still under way. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#asking.abort();
    clearTimeout(this.#timer);
    await Promise.all(this.#requests);
  }

  #submit(input: MembershipInput): void {
    if (this.#asking.signal.aborted) return;
    for (const effect of this.#machine.handle(input, performance.now())) {
      if (effect.kind === "ask") this.#ask(effect.line);
      else {
        if (effect.kind === "music_left") this.#left.resolve();
        this.observer.report(effect);
      }
    }
    clearTimeout(this.#timer);
    const wakeAt = this.#machine.wakeAt();
    if (wakeAt === null) return;
    const delay = Math.max(0, Math.ceil(wakeAt - performance.now()));
    this.#timer = setTimeout(() => this.#submit({ kind: "wake" }), delay);
  }

  #ask(line: string): void {
    const request = askCatalogue(this.server, line, this.#asking.signal)
      .then((outcome) => this.#submit({ kind: "outcome", outcome }))
      .catch((error) => this.observer.bug(error))
      .finally(() => this.#requests.delete(request));
    this.#requests.add(request);
  }
}
