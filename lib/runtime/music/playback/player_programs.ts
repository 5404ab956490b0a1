/** A program that plays any music from its standard input, without a window. */
export interface PlayerProgramCommand {
  readonly command: string;
  /** @param percent loudness, 0 to 100 */
  args(percent: number): string[];
}

/** Those that are tried, in this order, for formats that are not decoded here. */
export const MUSIC_PROGRAMS: readonly PlayerProgramCommand[] = [
  {
    command: "ffplay",
    args: (percent) => [
      "-nodisp",
      "-autoexit",
      "-loglevel",
      "error",
      "-volume",
      `${percent}`,
      "-",
    ],
  },
  {
    command: "mpv",
    args: (percent) => ["--no-video", "--really-quiet", `--volume=${percent}`, "-"],
  },
];

/** What the program must be started with to start any of them. */
export function musicProgramsFlag(programs: readonly PlayerProgramCommand[]): string {
  return `--allow-run=${programs.map(({ command }) => command).join(",")}`;
}
