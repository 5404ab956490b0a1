import type { Diagnosis, Finding, Mark } from "./findings.ts";
import { DOCTOR_LIMITS } from "./limits.ts";

/** A finding with what to think of it. */
export function diagnose(finding: Finding): Diagnosis {
  return { mark: markOf(finding), finding };
}

/** Whether everything that matters works: nothing failed. What cannot be told is no failure. */
export function isHealthy(diagnoses: readonly Diagnosis[]): boolean {
  return diagnoses.every(({ mark }) => mark !== "failed");
}

/**
 * What to think of a finding. A failure is what keeps people from finding, reaching or hearing each
 * other; without sound devices they still write.
 */
function markOf(finding: Finding): Mark {
  switch (finding.kind) {
    case "terminal":
      return finding.terminal?.utf8 === false ? "warning" : "ok";
    case "permissions":
      if (finding.missing.some(({ use }) => use === "network")) return "failed";
      return finding.missing.length === 0 ? "ok" : "warning";
    case "addresses":
      return finding.ips.length === 0 ? "warning" : "ok";
    case "port":
      if (finding.got === null) return "failed";
      return finding.wanted === 0 || finding.got === finding.wanted ? "ok" : "warning";
    case "udp":
      return finding.works ? "ok" : "failed";
    case "device":
      switch (finding.result.kind) {
        case "heard":
        case "played":
          return "ok";
        case "silence":
        case "slow":
          return "warning";
        case "fault":
          return finding.preferred ? "failed" : "warning";
      }
      break;
    case "no_device":
      return "warning";
    case "name":
      return finding.ip === null ? "failed" : "ok";
    case "server":
      return finding.result.kind === "directory" ? "ok" : "failed";
    case "clock": {
      const { ahead, uncertainty } = finding.estimate;
      return Math.abs(ahead) - uncertainty > DOCTOR_LIMITS.clockOff ? "warning" : "ok";
    }
    case "seen":
      return finding.observedIp === finding.localIp ? "ok" : "warning";
    case "outside":
      return "unknown";
    case "reach":
      switch (finding.result) {
        case "reached":
          return "ok";
        case "refused":
        case "no_answer":
        case "another_machine":
          return "failed";
        default:
          return "unknown";
      }
  }
}
