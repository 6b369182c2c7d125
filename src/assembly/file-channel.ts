/** What some channels can do beside the seam; asked for, never assumed. */
import type { Channel } from '../channels/channel.ts'

/** A channel that can also fetch what people send. */
export interface FileChannel extends Channel {
  readFile?(
    reference: string,
    signal: AbortSignal,
  ): Promise<{ readonly bytes: Uint8Array; readonly name?: string }>
  /** What an account is called, as far as the platform tells. */
  nameOf?(accountId: string, signal: AbortSignal): Promise<string | undefined>
}
