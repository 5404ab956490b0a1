import type { Diagnosis } from "../../doctor/findings.ts";
import { wrapLine } from "../text/wrap.ts";
import { diagnosisLines, type Page } from "./diagnosis_lines.ts";

/** Shows an examination as it goes on. */
export class DoctorScreen {
  readonly #shown: Diagnosis[] = [];
  #interrupted = false;

  constructor(readonly page: Page, readonly print: (line: string) => void) {}

  /**
   * What is going to happen.
   *
   * @param server how the person writes the server, or null without one
   */
  begin(server: string | null): void {
    const { say, paint } = this.page;
    const text = server === null
      ? say("doctor.begin.local")
      : say("doctor.begin.server", { server });
    this.#text(paint.dim(text));
  }

  /** One check. */
  tell(diagnosis: Diagnosis): void {
    this.#shown.push(diagnosis);
    for (const line of diagnosisLines(diagnosis, this.page)) this.print(line);
  }

  /** The person ends it: {@link end} follows. */
  interrupt(): void {
    this.#interrupted = true;
    // A terminal has written ^C and stands behind it.
    if (this.page.columns !== Infinity) this.print("");
  }

  /** What all of it comes to. */
  end({ withServer }: { readonly withServer: boolean }): void {
    const { say, paint } = this.page;
    if (this.#interrupted) return this.#text(say("doctor.interrupted"));
    const count = (mark: Diagnosis["mark"]) =>
      this.#shown.filter((shown) => shown.mark === mark).length;
    const failed = count("failed");
    const remarks = count("warning") + count("unknown");
    if (failed > 0) this.#text(paint.bold(say.count("doctor.failed", failed)));
    else if (remarks > 0) this.#text(paint.bold(say.count("doctor.remarks", remarks)));
    else this.#text(paint.bold(say("doctor.well")));
    if (!withServer) this.#text(paint.dim(say("doctor.more")));
  }

  #text(text: string): void {
    const { columns } = this.page;
    for (const line of columns === Infinity ? [text] : wrapLine(text, columns, 0)) this.print(line);
  }
}
