/** Sentences of the server's screen, of the console, and of what both programs can run into. */
export const program = {
  "server.listening.chat": "Direct chat: TCP {address}",
  "server.listening.registry": "Registry: TCP {address}",
  "server.join": "People join with:",
  "server.how_to_end": "Ctrl-C ends the server.",
  "server.ended": "The server has ended.",
  "server.store_failed":
    "The store of the directory fails ({reason}). Who is here stays; nobody new is entered until it is back.",
  "server.store_recovered": "The store of the directory is back.",
  "server.users.one": "{service}, {count} active user:",
  "server.users.other": "{service}, {count} active users:",
  "server.service.chat": "Direct chat",
  "server.service.rendezvous": "Rendezvous",
  "server.service.call": "Voice calls",
  "server.service.music": "Music",
  "server.users.more.one": "… and {count} more",
  "server.users.more.other": "… and {count} more",
  "server.column.name": "Name",
  "server.column.ip": "IP address",
  "server.column.port": "Port",

  "log.failed":
    "The log in {file} cannot be written now ({reason}). The program goes on; what is missing there is counted.",
  "log.works": "The log in {file} is written again.",

  "console.not_shown.one": "{count} line was not shown: the output did not keep up.",
  "console.not_shown.other": "{count} lines were not shown: the output did not keep up.",
  "console.input_cut": "The line was longer than {characters} characters and was cut there.",

  "reason.refused": "nobody listens there",
  "reason.timeout": "no answer in time",
  "reason.unresolved": "the name is not known",
  "reason.unreachable": "no way there",
  "reason.reset": "the connection broke",
  "reason.too_long": "the answer was too long",
  "reason.ended": "the connection was closed",
  "reason.closed": "closed without an answer",
  "reason.not_own": "this machine does not have the address",
  "reason.permission": "a permission is missing",

  "problem.port_taken": "Port {port} is taken. Choose another with {option}",
  "problem.port_taken_airplay":
    "Port {port} is taken; on macOS it often is by AirPlay Receiver. Turn that off in the system's settings, or choose another port with {option}",
  "problem.ports_taken":
    "The ports from {first} to {last} are all taken. Choose another with {option}",
  "problem.port_forbidden":
    "The system does not allow listening on port {port}. Choose one above 1023 with {option}",
  "problem.cannot_listen": "Cannot listen on {address} ({reason}). Choose another with {option}",
  "problem.permission": "A permission is missing for this. Start the program with {flag}",
  "file.not_found": "there is no such file",
  "file.no_folder": "its folder is not there",
  "file.is_folder": "it is a folder",
  "file.denied": "the system does not allow it",
  "file.read_only": "nothing can be written there",
  "file.full_disk": "the disk is full",
  "file.name_too_long": "the name is too long",

  "problem.log_permission":
    "No permission to write the log to {file}. Start the program with {flag}",
  "problem.log_file":
    "Cannot write the log to {file} ({reason}). Choose another file with --log-file",
  "problem.data_foreign":
    "{file} was not made by this program and was left as it is. Choose another folder with --data",
  "problem.data_damaged":
    "{file} is damaged and was left as it is. Move it away to begin with an empty directory, or choose another folder with --data",
  "problem.data_version":
    "{file} was made by another version of this program and was left as it is. Use that version, or choose another folder with --data",
  "problem.data_in_use":
    "Another server uses {file}. Choose another folder with --data; to share one directory, use --store",
  "problem.data_permission":
    "No permission to keep the directory in {file}. Start the program with {flags}",
  "problem.data_unusable":
    "Cannot keep the directory in {file} ({reason}). Choose another folder with --data",
  "problem.store_unreachable":
    "Redis at {address} cannot be used ({reason}). Start it, or choose another with --store",
  "problem.name_needed": "A name is needed. Give it with --name. Example: --name Ana",
  "problem.server_needed":
    "The server's address is needed. Give it with --server. Example: --server 192.168.0.10",
  "problem.bug":
    "This program made a mistake: {detail}. --log-file keeps a record of what led to it.",
} as const;
