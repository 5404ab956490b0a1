import type { Console } from "./console/console.ts";
import type { Translator } from "./messages/catalogue.ts";
import type { Painter } from "./text/painter.ts";
import { printable } from "./text/printable.ts";

/** One line of the welcome; `toCopy` is a command for others to type. */
export interface Note {
  readonly text: string;
  readonly toCopy?: boolean;
}

/** What a {@link Welcome} is said with. */
export interface WelcomeOptions {
  readonly console: Console;
  readonly say: Translator;
  readonly paint: Painter;
  /** `host:port` of the server. */
  readonly server: string;
}

/** What a newcomer is told: that they are there, how others join, and the first commands. */
export class Welcome {
  #commandsShown = false;

  /** @param notes what to say besides the commands: ports, how others join */
  constructor(readonly options: WelcomeOptions, readonly notes: readonly Note[]) {}

  /** Greets by name. */
  greet(name: string): void {
    const { console, say, paint, server } = this.options;
    console.print(paint.bold(say("welcome.hello", { name: printable(name), server })));
    this.showCommands();
  }

  /** What a newcomer needs first; shown once, also where there is no server yet. */
  showCommands(): void {
    const { console, say } = this.options;
    if (this.#commandsShown) return;
    this.#commandsShown = true;
    for (const { text, toCopy } of this.notes) {
      if (toCopy === true) console.printToCopy(text);
      else console.print(text);
    }
    console.print(say("welcome.chat"));
    console.print(say("welcome.list"));
    console.print(say("welcome.call"));
    console.print(say("welcome.music"));
    console.print(say("welcome.help"));
  }
}
