/** Sentences of the sound of calls: devices, what is heard and what is not, figures, the test. */
export const sound = {
  "sound.microphone": "Microphone: {device}",
  "sound.speaker": "Speaker: {device}",
  "sound.nothing": "none",
  "sound.no_microphone": "No microphone: {fault}",
  "sound.no_speaker": "No speaker: {fault}",
  "sound.microphone_lost": "The microphone is gone: {fault} You are not heard any more.",
  "sound.speaker_lost": "The speaker is gone: {fault} You hear nothing any more.",
  "sound.one_way.you_hear": "The call works one way: you hear, but you are not heard.",
  "sound.one_way.you_speak": "The call works one way: you are heard, but you hear nothing.",
  "sound.no_way": "The call works without sound: you do not hear and are not heard.",
  "sound.echo":
    "Microphone and speaker are of one sound card, so the other side may hear itself. Headphones help, or /half-duplex on",

  "sound.fault.none_found":
    "none was found that works. /devices shows what there is; {option} chooses one when the program starts.",
  "sound.fault.not_found": "there is no “{wanted}”. /devices shows what there is for {option}.",
  "sound.fault.permission": "a permission is missing. Start the program with {flag}.",
  "sound.fault.no_wav":
    "“{wanted}” is no WAV file that can be read. Choose another with {option} file:<path>.",
  "sound.fault.gives_nothing":
    "“{wanted}” is there and gives no sound. /devices shows what else there is for {option}.",
  "sound.fault.file":
    "“{wanted}” cannot be used: {reason}. Choose another file with {option} file:<path>.",
  "sound.fault.failed":
    "“{wanted}” did not work ({detail}). /devices shows what else there is for {option}.",

  "sound.no_sound": "No sound has arrived for 3 s. What to check:",
  "sound.only_silence":
    "For 3 s nothing but silence has arrived: the connection is good. What to check:",
  "sound.no_sound.microphone": "on the other side: the microphone (/calltest) and /mute off",
  "sound.no_sound.firewall": "on both sides: a firewall must let {udp} in",
  "sound.no_sound.network":
    "the networks: behind different routers (NAT) two computers often do not reach each other; in one network or through a VPN they do",
  "sound.back": "Sound arrives again.",

  "sound.muted": "Your microphone is shut. To open it: /mute off",
  "sound.unmuted": "Your microphone is open. To shut it: /mute on",
  "sound.volume": "Volume of the other side: {percent} %",
  "sound.half_duplex.on":
    "Half duplex: your microphone is shut while the other side speaks. To end that: /half-duplex off",
  "sound.half_duplex.off": "Full duplex: both sides can speak at once.",

  "sound.devices.microphone": "Microphone",
  "sound.devices.speaker": "Speaker",
  "sound.devices.in_use": "in use",
  "sound.devices.no_microphone":
    "No microphone: the system shows none. Connect one, then /devices again; without one, start the program with {option} file:<path> to speak a recording (WAV).",
  "sound.devices.no_speaker":
    "No speaker: the system shows none. Connect one, then /devices again; without one, start the program with {option} file:<path> to record what you would hear (WAV).",
  "sound.devices.no_microphone_works":
    "No microphone: none of these works. Another program may be using it; peer doctor tells of each what is wrong.",
  "sound.devices.no_speaker_works":
    "No speaker: none of these works. Another program may be using it; peer doctor tells of each what is wrong.",
  "sound.devices.choose":
    "To choose, start the program with {microphone} or {speaker} and what stands in that column. auto takes the first that works.",

  "sound.stats.round_trip": "Round trip (RTT)",
  "sound.stats.jitter": "Jitter",
  "sound.stats.loss_in": "Loss in",
  "sound.stats.loss_out": "Loss out",
  "sound.stats.late": "Late packets",
  "sound.stats.buffer_depth": "Buffer: packets",
  "sound.stats.buffer_delay": "Buffer: delay",
  "sound.stats.buffer_target": "Buffer: target",
  "sound.stats.rate_in": "Bit rate in",
  "sound.stats.rate_out": "Bit rate out",
  "sound.stats.duplication": "Sent twice",
  "sound.stats.level_in": "Level in",
  "sound.stats.level_out": "Level out",
  "sound.stats.mouth_to_ear": "Mouth to ear",
  "sound.stats.quality": "Quality (MOS)",
  "sound.stats.yes": "yes",
  "sound.stats.no": "no",
  "sound.quality.excellent": "excellent",
  "sound.quality.good": "good",
  "sound.quality.fair": "fair",
  "sound.quality.poor": "poor",
  "sound.quality.bad": "bad",

  "sound.test.speak": "Speak now: it is recorded and then played back.",
  "sound.test.listen": "Now you should hear yourself.",
  "sound.test.recording": "Recording",
  "sound.test.playing": "Playing",
  "sound.test.good":
    "The microphone works (peak {peak} dBFS). If you did not hear yourself, it is the speaker: /devices, and the system's volume.",
  "sound.test.low":
    "Next to nothing was recorded (peak {peak} dBFS). The microphone may be muted or turned down in the system, or it is another one: /devices",
  "sound.test.clipping":
    "The recording is too loud and distorted (peak {peak} dBFS). Turn the microphone down in the system.",
  "sound.test.in_call": "A call needs the devices. End it with /hangup, then /calltest",
  "sound.test.interrupted":
    "The test was cut short, or another one is still running. To begin again: /calltest",
} as const;
