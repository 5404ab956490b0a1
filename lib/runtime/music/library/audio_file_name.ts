const EXTENSIONS: ReadonlySet<string> = new Set([
  ...["mp3", "ogg", "oga", "opus", "flac", "wav"],
  // Played by installed players only.
  ...["m4a", "aac"],
]);

/** Whether a file of this name is shared as music: by its extension, and not where it is hidden. */
export function isAudioFileName(name: string): boolean {
  if (isHidden(name)) return false;
  const dot = name.lastIndexOf(".");
  return dot > 0 && EXTENSIONS.has(name.slice(dot + 1).toLowerCase());
}

/** Whether a file or folder is hidden: people do not mean to share it. */
export function isHidden(name: string): boolean {
  return name.startsWith(".");
}
