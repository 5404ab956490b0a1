import assert from "node:assert/strict";
import { CatalogueService } from "../../lib/directory/catalogue_service.ts";
import type { DeskEffect } from "../../lib/directory/desk.ts";
import { MemoryStore } from "../../lib/directory/memory_store.ts";
import { RegistryDesk } from "../../lib/directory/registry_desk.ts";
import type { DirectoryStore } from "../../lib/directory/store.ts";
import {
  type CatalogueFile,
  type ListedNode,
  splitRegistration,
} from "../../lib/protocol/music.ts";
import { DeskProbe, sentTo } from "./desk_probe.ts";

/** The address of the node that most tests are about, and another one. */
export const HERE = "203.0.113.7";
export const THERE = "198.51.100.9";

/** A song whose id is made of its number. */
export function song(number: number, fields: Partial<CatalogueFile> = {}): CatalogueFile {
  return {
    id: number.toString(16).padStart(64, "0"),
    name: `${number}.mp3`,
    size: 1000 + number,
    title: `Title ${number}`,
    artist: "Artist",
    seconds: 180,
    pieces: undefined,
    ...fields,
  };
}

/** So many songs, from a number on. */
export function songs(count: number, from = 0): CatalogueFile[] {
  return Array.from({ length: count }, (_, i) => song(from + i));
}

/** A catalogue to which each request comes on a connection of its own. */
export class CatalogueProbe {
  readonly service: CatalogueService;
  readonly probe: DeskProbe;
  /** What the last request did. */
  effects: readonly DeskEffect[] = [];

  constructor(readonly store: DirectoryStore = new MemoryStore(), server = "s1") {
    this.service = new CatalogueService(store, server);
    this.probe = new DeskProbe(new RegistryDesk([this.service]));
  }

  /** The reply's line; the connection is closed after it. */
  async line(request: string | object, ip = HERE): Promise<string> {
    const link = await this.probe.connect(ip);
    const line = typeof request === "string" ? request : JSON.stringify(request);
    this.effects = await this.probe.line(link, line);
    assert.equal(this.effects.filter(({ kind }) => kind === "close").length, 1);
    const [reply, ...more] = sentTo(link, this.effects);
    assert.ok(reply !== undefined && more.length === 0);
    return reply;
  }

  async ask(request: string | object, ip = HERE) {
    return JSON.parse(await this.line(request, ip));
  }

  /** NODE_REGISTER in one request. */
  register(name: string, files?: readonly CatalogueFile[], ip = HERE, more: object = {}) {
    return this.ask({ type: "NODE_REGISTER", name, port: 7000, files, ...more }, ip);
  }

  /** NODE_REGISTER in as many requests as it takes; every reply. */
  async registerAll(name: string, files: readonly CatalogueFile[], ip = HERE, ttl = 3600) {
    const replies = [];
    for (const line of splitRegistration({ name, port: 7000, ttl }, files)) {
      replies.push(await this.ask(line, ip));
    }
    return replies;
  }

  /** One page. */
  page(query = "", after: string | null = null) {
    return this.ask({ type: "NODE_LIST", query, after }, THERE);
  }

  /** All pages, and what is done between two. */
  async list(query = "", between: () => unknown = () => {}): Promise<ListedNode[]> {
    const nodes: ListedNode[] = [];
    let after: string | null = null;
    do {
      const { status, nodes: some, next } = await this.page(query, after);
      assert.equal(status, "OK");
      nodes.push(...some);
      after = next;
      if (after !== null) await between();
    } while (after !== null);
    return nodes;
  }

  /** `node/file` of all that is listed; a node without files is `node/`. */
  async found(query = "", between?: () => unknown): Promise<string[]> {
    return (await this.list(query, between)).flatMap(({ name, files }) =>
      files.length === 0 ? [`${name}/`] : files.map((file) => `${name}/${file.name}`)
    );
  }
}
