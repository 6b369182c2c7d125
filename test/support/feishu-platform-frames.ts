/** The frames of the long connection: protobuf `pbbp2.Frame`, payloads split into parts when large. */
import protobuf from 'protobufjs'

const schema = protobuf.parse(`
  syntax = "proto2";
  message Header { required string key = 1; required string value = 2; }
  message Frame {
    required uint64 SeqID = 1;
    required uint64 LogID = 2;
    required int32 service = 3;
    required int32 method = 4;
    repeated Header headers = 5;
    optional string payloadEncoding = 6;
    optional string payloadType = 7;
    optional bytes payload = 8;
    optional string LogIDNew = 9;
  }
`)
const frameType = schema.root.lookupType('Frame')

export const METHOD = { control: 0, data: 1 } as const

export interface Frame {
  readonly method: number
  readonly headers: Readonly<Record<string, string>>
  readonly payload: Buffer
}

export function encodeFrame(frame: Frame): Uint8Array {
  return frameType
    .encode(
      frameType.create({
        SeqID: 1,
        LogID: 1,
        service: 1,
        method: frame.method,
        headers: Object.entries(frame.headers).map(([key, value]) => ({ key, value })),
        payload: frame.payload,
      }),
    )
    .finish()
}

export function decodeFrame(data: Uint8Array): Frame {
  const decoded = frameType.toObject(frameType.decode(data), { longs: Number, bytes: Buffer })
  const headers = (decoded['headers'] ?? []) as { key: string; value: string }[]
  return {
    method: Number(decoded['method']),
    headers: Object.fromEntries(headers.map(({ key, value }) => [key, value])),
    payload: Buffer.from((decoded['payload'] as Buffer | undefined) ?? []),
  }
}

/** One event as the platform sends it: cut into `parts` frames that share a message id. */
export function eventFrames(event: unknown, frameId: string, parts: number): Frame[] {
  const bytes = Buffer.from(JSON.stringify(event))
  const size = Math.ceil(bytes.length / parts)
  return Array.from({ length: parts }, (_, seq) => ({
    method: METHOD.data,
    headers: {
      type: 'event',
      message_id: frameId,
      sum: String(parts),
      seq: String(seq),
      trace_id: `trace-${frameId}`,
    },
    payload: bytes.subarray(seq * size, (seq + 1) * size),
  }))
}
