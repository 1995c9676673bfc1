/** Waits for something that another process does, by looking again; never for a fixed time. */
import { setTimeout as sleep } from 'node:timers/promises'

/** Repeats `look` until it gives something other than false, null or undefined; fails after `seconds`. */
export async function eventually<T>(
  look: () => Promise<T | null | undefined | false>,
  seconds = 20,
): Promise<T> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const seen = await look()
    if (seen !== null && seen !== undefined && seen !== false) return seen
    if (Date.now() > end) throw new Error(`It did not happen within ${seconds} s: ${look.toString()}`)
    await sleep(25)
  }
}
