import { join } from "node:path";
import type { Random } from "../../lib/base/random.ts";
import { pause, someTime } from "./chance.ts";
import { type Home, Session } from "./session.ts";
import type { World } from "./world.ts";

/** One in so many people shares songs. */
const SHARING = 3;
/** Songs that one person shares. */
const SHARED = 3;
/** Part of departures that are without a word. */
const VANISHING = 0.3;

/** Somebody who comes, stays for a while, goes and comes back, under one name. */
export class Person {
  #life = 0;
  /** Whether the last departure was without a word: the directories may still have the name. */
  #vanished = false;

  private constructor(
    readonly world: World,
    readonly name: string,
    readonly random: Random,
    readonly home: Home,
  ) {}

  /** Makes a person with folders. */
  static async make(world: World, index: number, random: Random): Promise<Person> {
    const { names, songs, songFolder, homes } = world.plan;
    const name = names[index]!;
    const downloads = join(homes, name, "downloads");
    await Deno.mkdir(downloads, { recursive: true });
    if (index % SHARING > 0) {
      return new Person(world, name, random, { share: null, songs: [], downloads });
    }
    const share = join(homes, name, "shared");
    await Deno.mkdir(share);
    const own = Array.from(
      { length: SHARED },
      (_, n) => songs[(index / SHARING + n * 7) % songs.length]!,
    );
    for (const { name } of own) await Deno.link(join(songFolder, name), join(share, name));
    return new Person(world, name, random, { share, songs: own, downloads });
  }

  /**
   * Comes and goes until `signal`; leaves properly in the end, so that no directory still has the
   * name.
   *
   * @param here told when the person has come for the first time
   */
  async live(signal: AbortSignal, here: () => void): Promise<void> {
    const { pace, names } = this.world.plan;
    await pause(pace.arrival * names.length * this.random(), new AbortController().signal);
    while (!signal.aborted) {
      const session = await this.#come();
      here();
      await session.live(someTime(pace.session, this.random), signal);
      this.#vanished = !signal.aborted && this.random() < VANISHING;
      await (this.#vanished ? session.vanish() : session.leave());
      await pause(someTime(pace.away, this.random), signal);
    }
    if (!this.#vanished) return;
    this.#vanished = false;
    await (await this.#come()).leave();
  }

  async #come(): Promise<Session> {
    this.#life += 1;
    const { world, name, random } = this;
    const session = new Session({ world, name, random, life: this.#life }, this.home);
    await session.entered();
    return session;
  }
}
