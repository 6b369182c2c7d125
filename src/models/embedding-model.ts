/** The seam to an embedding model: texts in, one vector of `dimensions` numbers each out, in order. */
export interface EmbeddingModel {
  readonly id: string
  readonly dimensions: number
  /** @throws {ModelError} */
  embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]>
}
