/** Sentences of shared music: its commands, what there is, what plays, downloads, the catalogue. */
export const music = {
  "command.group.music": "Music",

  "command.share.usage": "/share [folder]",
  "command.share.summary": "shares the music of a folder, or shows what you share",
  "command.unshare.usage": "/unshare [folder]",
  "command.unshare.summary": "shares a folder no more; without one, none",
  "command.files.usage": "/files [words]",
  "command.files.summary": "shows the songs of others: all, or those with these words",
  "command.nodes.usage": "/nodes",
  "command.nodes.summary": "shows who shares songs, and how many",
  "command.play.usage": "/play <number|words>",
  "command.play.summary": "plays a song of the last list, or one with these words",
  "command.queue.usage": "/queue [number|words]",
  "command.queue.summary": "lets a song play after those that wait, or shows them",
  "command.next.usage": "/next",
  "command.next.summary": "plays the next song of the queue",
  "command.pause.usage": "/pause",
  "command.pause.summary": "pauses the song",
  "command.resume.usage": "/resume",
  "command.resume.summary": "plays on after a pause",
  "command.seek.usage": "/seek <min:s>",
  "command.seek.summary": "goes to a point of the song",
  "command.stop.usage": "/stop",
  "command.stop.summary": "ends the song",
  "command.get.usage": "/get <number|words> [--to folder]",
  "command.get.summary": "downloads a song without playing it",
  "command.downloads.usage": "/downloads",
  "command.downloads.summary": "shows what is being downloaded, and what was",

  "command.mistake.path":
    "A folder is written out to the end of the line or in quotes, which must be closed. Example: {example}",
  "command.mistake.query": "Words to look for have at most {most} characters.",
  "command.mistake.song":
    "Which song? Give its number in the last list, or words of its title. Example: /play 3",
  "command.mistake.moment":
    "“{typed}” is no point of a song. It is written in minutes and seconds. Example: /seek 1:30",

  "welcome.music": "To see the songs of others type: /files",

  "music.share.none": "You share no folder. To share one: /share <folder>",
  "music.share.heading": "You share:",
  "music.share.songs.one": "{count} song",
  "music.share.songs.other": "{count} songs",
  "music.share.reading": "is still being read",
  "music.share.unreadable.one": "{count} could not be read",
  "music.share.unreadable.other": "{count} could not be read",
  "music.share.cut": "there is more than is looked at",
  "music.share.already": "{path} is shared already, by itself or with a folder around it.",
  "music.share.not_shared": "{path} is not shared. /share shows what is.",
  "music.share.too_many":
    "You share {most} folders, the most there can be. To make room: /unshare <folder>",

  "music.library.reading": "Reading music {done}/{files} {bar}",
  "music.library.read": "{path} is shared: {details}.",
  "music.library.lost": "{path} is not shared for now. {fault}",
  "music.library.back": "{path} is there again and is shared.",
  "music.library.index_not_kept":
    "What was learned about your songs is not kept, so they are read again at the next start. {fault}",

  "music.catalogue.registered.one": "Others can find {count} song of yours.",
  "music.catalogue.registered.other": "Others can find {count} songs of yours.",
  "music.catalogue.empty":
    "You are in the catalogue of music, with no song. To share some: /share <folder>",
  "music.catalogue.again.one":
    "The catalogue of music is back, and {count} song of yours is in it.",
  "music.catalogue.again.other":
    "The catalogue of music is back, and {count} songs of yours are in it.",
  "music.catalogue.refused":
    "The catalogue of music did not take your songs: {fault}. Others do not find them; it is tried again.",
  "music.catalogue.fault.in_use":
    "your name is in it with another address: someone else's, or your own earlier one, which goes within 2 minutes. For another name start again with --name",
  "music.catalogue.fault.name": "it does not allow your name. For another start again with --name",
  "music.catalogue.fault.port":
    "it does not allow your port. For another start again with --music-port",
  "music.catalogue.fault.files": "it does not understand their list",
  "music.catalogue.fault.too_many": "there are too many. Share a smaller folder",
  "music.catalogue.fault.full": "it is full",
  "music.catalogue.never":
    "The catalogue of music {server} does not answer ({reason}), so others do not find your songs. See that the server is running and that the port is right (--registry-port); it is tried again.",
  "music.catalogue.lost":
    "The catalogue of music {server} is gone ({reason}). What plays plays on; it is tried again until it is back.",

  "music.files.heading.one": "{count} song:",
  "music.files.heading.other": "{count} songs:",
  "music.files.matching.one": "{count} song with “{query}”:",
  "music.files.matching.other": "{count} songs with “{query}”:",
  "music.files.none": "Nobody else shares songs. To share yours: /share <folder>",
  "music.files.none_matching": "Nobody shares a song with “{query}”. All songs: /files",
  "music.files.more": "There are more. Only those with certain words: /files <words>",
  "music.files.how": "To hear one: /play <number>. To keep one: /get <number>",
  "music.files.number": "No.",
  "music.files.title": "Title",
  "music.files.artist": "Artist",
  "music.files.length": "Length",
  "music.files.size": "Size",
  "music.files.nodes": "From",
  "music.files.here": "here",

  "music.nodes.name": "Name",
  "music.nodes.address": "Address",
  "music.nodes.files": "Songs",
  "music.nodes.none": "Nobody else shares music now.",

  "music.now.starting": "Starting",
  "music.now.playing": "Playing",
  "music.now.buffering": "Buffering",
  "music.now.paused": "Paused",
  "music.rate_from": "{rate} from {source}",
  "music.begins.starting": "Getting {song}…",
  "music.begins.from": "Playing {song}, from {source}.",
  "music.begins.here": "Playing {song}, from this computer.",
  "music.paused": "Paused at {position}. To play on: /resume",
  "music.goes_on": "Playing on at {position}.",
  "music.elsewhere": "At {position} of {song}.",
  "music.ended": "{song} is over.",
  "music.stopped": "{song} was stopped.",
  "music.source_changed": "{from}: {reason}. {song} now comes from {to}.",
  "music.source_lost": "{from}: {reason}. Someone else is asked for {song}.",
  "music.queue.heading": "Waiting to be played:",
  "music.queue.none": "No song is waiting. To let one wait: /queue <number>",

  "music.downloads.none": "Nothing was downloaded. To download a song: /get <number>",
  "music.downloads.song": "Download",
  "music.downloads.progress": "Progress",
  "music.downloads.amount": "Size",
  "music.downloads.rate": "Rate",
  "music.downloads.from": "From",
  "music.downloads.done": "{song} was downloaded ({size}): {path}",
  "music.downloads.status.one": "Download {percent} % {rate}",
  "music.downloads.status.other": "{count} downloads {percent} % {rate}",

  "music.fault.no_server":
    "The catalogue of music {server} does not answer ({reason}). What plays plays on. Try again in a moment.",
  "music.fault.unknown_number": "The last list has no song {number}. A new list: /files",
  "music.fault.no_list": "There is no list of songs with numbers yet. To make one: /files",
  "music.fault.unknown_words": "Nobody shares a song with “{words}”. All songs: /files",
  "music.fault.not_playing": "No song is playing. To play one: /play <number>",
  "music.fault.cannot_seek":
    "It is not possible to go to that point of this song. To hear it from the start: /seek 0:00",
  "music.fault.queue_empty": "No song is waiting. To let one wait: /queue <number>",
  "music.fault.too_many":
    "There are {most} already, the most there can be. /queue and /downloads show them.",
  "music.fault.damaged":
    "{song} cannot be played: the file is damaged. Ask {who} for another copy.",
  "music.fault.not_kept": "{song} plays, but is not kept for the next time. {fault}",
  "music.fault.no_decoder":
    "{song} cannot be played: there is no decoder and no player for it here ({format}). Install ffplay or mpv, or keep the file: /get",
  "music.fault.no_decoder_flag":
    "{song} cannot be played ({format}): it is left to a player like ffplay or mpv, and the permission for that is missing. Start the program with {flag}",
  "music.fault.song": "the song",
  "music.fault.someone": "whoever shares it",

  "music.fetch.failed": "{song} did not arrive: {reason}. {way_out}",
  "music.fetch.no_source": "nobody has it now",
  "music.fetch.no_answer": "there was no answer",
  "music.fetch.source_gone": "nothing came any more",
  "music.fetch.busy": "too many others are listening there",
  "music.fetch.not_available": "the song is not shared there any more",
  "music.fetch.source_failed": "the file cannot be read there any more",
  "music.fetch.wrong_size": "the file there is not the one that was announced",
  "music.fetch.wrong_list": "a wrong list of digests came",
  "music.fetch.wrong_bytes": "wrong bytes came",
  "music.fetch.wrong_content": "what came is not what was announced",
  "music.fetch.too_large": "it is larger than songs may be",
  "music.fetch.way.files": "Who has it now: /files",
  "music.fetch.way.network":
    "A firewall may be in the way, or different networks (NAT): ask {who}. Who else has it: /files",
  "music.fetch.way.later": "Try again in a moment.",
  "music.fetch.way.resume": "What arrived is kept. Try again, or see who else has it: /files",
  "music.fetch.way.share_again": "Ask {who} to share it again, then /files",
  "music.fetch.way.none": "Ask {who} for a smaller file.",

  "music.download.in_progress": "{path} is being downloaded already. How far it is: /downloads",
  "music.download.no_free_name":
    "There are too many files like {path}. Choose another folder: /get <number> --to <folder>",
  "music.download.wrong_content":
    "What arrived for {path} is not the song that was announced, and was not kept. Who else has it: /files",

  "music.storage.not_found":
    "{path} is not there. See that it is written as on the disk, from the root or from where the program was started.",
  "music.storage.no_folder": "{path} is not a folder. Give the folder that it is in.",
  "music.storage.permission": "The program has no permission for {path}. Start it with {flag}",
  "music.storage.denied":
    "The system does not let you use {path}. Change the permissions there, or choose another folder.",
  "music.storage.full_disk":
    "The disk is full at {path}. Free some space, or choose a folder on another disk.",
  "music.storage.unusable": "{path} cannot be used: {reason}. Choose another folder.",
  "music.storage.failed": "{path} does not work ({detail}). Choose another folder.",
} as const;
