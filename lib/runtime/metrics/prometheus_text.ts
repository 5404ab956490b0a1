import { Counter, Gauge, Registry } from "prom-client";
import type { Family } from "./family.ts";

/** The figures in Prometheus' text format, version 0.0.4, and its media type. */
export interface PrometheusText {
  readonly contentType: string;
  readonly text: string;
}

/** Families as a Prometheus server reads them. */
export class PrometheusExporter {
  readonly #registry = new Registry();
  /** One answer for all who ask at the same time. */
  #underWay: Promise<PrometheusText> | null = null;

  constructor(families: readonly Family[]) {
    for (const family of families) register(family, this.#registry);
  }

  /** The figures of now. */
  text(): Promise<PrometheusText> {
    this.#underWay ??= this.#text().finally(() => this.#underWay = null);
    return this.#underWay;
  }

  async #text(): Promise<PrometheusText> {
    return { contentType: this.#registry.contentType, text: await this.#registry.metrics() };
  }
}

function register({ name, help, kind, labels, samples }: Family, registry: Registry): void {
  const configuration = { name, help, labelNames: labels, registers: [registry] };
  if (kind === "gauge") {
    new Gauge({
      ...configuration,
      async collect() {
        const now = await samples();
        this.reset();
        for (const sample of now) this.set(sample.labels, sample.value);
      },
    });
    return;
  }
  new Counter({
    ...configuration,
    async collect() {
      const now = await samples();
      this.reset();
      for (const sample of now) this.inc(sample.labels, sample.value);
    },
  });
}
