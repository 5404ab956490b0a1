import type { DeviceFault, SoundDevice, SoundSide } from "../../media/sound_status.ts";
import { DeviceError } from "./device.ts";
import type { SoundSystem, SystemDevices } from "./sound_system.ts";

/** What one system answers: what it has, or why it may not be asked. */
type Answer =
  | { readonly system: SoundSystem; readonly devices: SystemDevices }
  | { readonly fault: DeviceFault };

/** A device and the system that opens it. */
interface Found {
  readonly system: SoundSystem;
  readonly device: SoundDevice;
}

/**
 * The sound systems of a machine, best first. Of several that reach the same sound cards the first
 * that works is taken.
 */
export class SoundSystems {
  /**
   * @param systems asked in this order
   * @param lastResort asked where none of the others is there
   */
  constructor(readonly systems: readonly SoundSystem[], readonly lastResort: SoundSystem) {}

  /** Everything that can be chosen on one side. What may not be asked for is left out. */
  async list(side: SoundSide): Promise<SoundDevice[]> {
    const devices: SoundDevice[] = [];
    for await (const answer of this.#answers(side)) {
      if ("system" in answer) devices.push(...answer.devices.all);
    }
    return devices;
  }

  /**
   * The device that a person chose, or the first one to be tried where `wanted` is null.
   *
   * @param wanted a device's id, or a name of it that no other has
   * @throws {DeviceError} there is none
   */
  async find(side: SoundSide, wanted: string | null): Promise<SoundDevice> {
    if (wanted !== null) return (await this.#named(side, wanted)).device;
    for await (const { device } of this.#candidates(side)) return device;
    throw new DeviceError({ why: "none_found" });
  }

  /**
   * Opens the device that a person chose, or the first that works where `wanted` is null.
   *
   * @throws {DeviceError} there is none, or it does not work
   */
  async open<Device>(
    side: SoundSide,
    wanted: string | null,
    open: (system: SoundSystem, device: SoundDevice) => Promise<Device>,
  ): Promise<Device> {
    if (wanted !== null) {
      const { system, device } = await this.#named(side, wanted);
      return await open(system, device);
    }
    let failure: DeviceError | null = null;
    try {
      for await (const { system, device } of this.#candidates(side)) {
        try {
          return await open(system, device);
        } catch (error) {
          if (!(error instanceof DeviceError)) throw error;
          failure ??= error;
        }
      }
    } catch (error) {
      // That another one may not be asked is not why the first one does not work.
      throw error instanceof DeviceError && failure !== null ? failure : error;
    }
    throw failure ?? new DeviceError({ why: "none_found" });
  }

  /**
   * What `auto` tries. A system that answers and has nothing for this side ends the search: it knows
   * all cards, and another one would record what the speaker plays.
   *
   * @throws {DeviceError} behind the last one, where a system may not be asked
   */
  async *#candidates(side: SoundSide): AsyncGenerator<Found> {
    let refused: DeviceFault | null = null;
    for await (const answer of this.#answers(side)) {
      if ("fault" in answer) {
        refused ??= answer.fault;
        continue;
      }
      const { system, devices: { preferred } } = answer;
      if (preferred === null) return;
      yield { system, device: preferred };
    }
    if (refused !== null) throw new DeviceError(refused);
  }

  async #named(side: SoundSide, wanted: string): Promise<Found> {
    const colon = wanted.indexOf(":");
    const prefixed = [...this.systems, this.lastResort].find(({ backend }) =>
      backend === wanted.slice(0, colon)
    );
    if (prefixed !== undefined) {
      const devices = await prefixed.devices(side);
      const device = devices?.all.find(({ id }) => id === wanted) ??
        (devices && prefixed.unlisted(wanted.slice(colon + 1)));
      if (!device) throw new DeviceError({ why: "not_found", wanted });
      return { system: prefixed, device };
    }
    const matches: Found[] = [];
    let refused: DeviceFault | null = null;
    for await (const answer of this.#answers(side)) {
      if ("fault" in answer) refused ??= answer.fault;
      else {
        const { system, devices } = answer;
        const named = devices.all.filter((device) => isNamed(device, wanted));
        matches.push(...named.map((device) => ({ system, device })));
      }
    }
    if (matches.length !== 1) {
      throw new DeviceError(
        matches.length === 0 && refused !== null ? refused : { why: "not_found", wanted },
      );
    }
    return matches[0]!;
  }

  async *#answers(side: SoundSide): AsyncGenerator<Answer> {
    let anyThere = false;
    for (const system of [...this.systems, this.lastResort]) {
      if (anyThere && system === this.lastResort) return;
      try {
        const devices = await system.devices(side);
        if (devices === null) continue;
        anyThere = true;
        yield { system, devices };
      } catch (error) {
        if (!(error instanceof DeviceError)) throw error;
        yield { fault: error.fault };
      }
    }
  }
}

/** Whether a person may mean this device by that: its id without the system, or its label. */
function isNamed({ id, label }: SoundDevice, name: string): boolean {
  return id.slice(id.indexOf(":") + 1) === name || label.toLowerCase() === name.toLowerCase();
}
