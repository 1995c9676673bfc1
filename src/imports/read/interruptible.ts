/** Bytes whose reading ends when the person who asked for it has gone, or has asked for something else since. */
import type { ByteSource } from '../../tabular/tabular.ts'

export function interruptible(bytes: ByteSource, signal: AbortSignal | undefined): ByteSource {
  if (signal === undefined) return bytes
  return {
    name: bytes.name,
    size: bytes.size,
    async *open(from) {
      signal.throwIfAborted()
      for await (const chunk of bytes.open(from)) {
        signal.throwIfAborted()
        yield chunk
      }
    },
  }
}
