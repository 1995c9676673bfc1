/**
 * Millions of strings by number in bounded memory: as bytes in pages rather than as objects, and past a bound
 * in a temporary file. The file is encrypted with a key that lives in this process only and has no name from
 * the moment it is open, so that nothing readable is ever on a disk (promise 7).
 */
import { type CipherGCMTypes, createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto'
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type StringArena = {
  readonly count: number
  add(text: string): void
  get(index: number): string
  close(): void
}

export type ArenaLimits = { readonly residentPages: number; readonly cachedPages: number }

export const ARENA_LIMITS: ArenaLimits = { residentPages: 512, cachedPages: 128 }

const PAGE = 64 * 1024
/** Strings that were asked for lately, so that a value that comes again and again is made once. */
const RECENT = 1 << 16
const RECENT_LENGTH = 64
const IS_ASCII = 0x80000000
const CIPHER = 'aes-256-ctr' as CipherGCMTypes

type Spilled = { readonly at: number; readonly length: number }

export function createStringArena(limits: ArenaLimits = ARENA_LIMITS): StringArena {
  /** Page number and place in it, as one number; the length stands before the bytes. */
  let places = new Uint32Array(1024)
  let count = 0
  const pages: (Buffer | Spilled)[] = []
  let current: Buffer = Buffer.allocUnsafe(PAGE)
  let used = 0
  let scratch: Buffer = Buffer.alloc(0)
  const cache = new Map<number, Buffer>()
  let spill: { fd: number; key: Buffer; size: number } | null = null
  const recent: (string | undefined)[] = Array.from({ length: RECENT })
  const recentIndex = new Int32Array(RECENT).fill(-1)

  /** Ends the page; the next one needs `next` bytes. A page that went to the file lends its memory on. */
  const seal = (next: number): void => {
    const page = current.subarray(0, used)
    const isKept = pages.length < limits.residentPages
    if (isKept) pages.push(page)
    else {
      spill ??= openSpill()
      const cipher = createCipheriv(CIPHER, spill.key, counter(pages.length))
      const bytes = cipher.update(page)
      writeSync(spill.fd, bytes, 0, bytes.length, spill.size)
      pages.push({ at: spill.size, length: bytes.length })
      spill.size += bytes.length
    }
    used = 0
    const size = Math.max(PAGE, next)
    if (isKept || current.length !== size) current = Buffer.allocUnsafe(size)
  }

  const pageOf = (number: number): Buffer => {
    if (number === pages.length) return current
    const page = pages[number]!
    if (Buffer.isBuffer(page)) return page
    const held = cache.get(number)
    if (held !== undefined) return held
    if (scratch.length < page.length) scratch = Buffer.allocUnsafe(page.length)
    const bytes = scratch.subarray(0, page.length)
    readSync(spill!.fd, bytes, 0, page.length, page.at)
    const plain = createDecipheriv(CIPHER, spill!.key, counter(number)).update(bytes)
    if (cache.size >= limits.cachedPages) cache.delete(cache.keys().next().value!)
    cache.set(number, plain)
    return plain
  }

  return {
    get count() {
      return count
    },
    add(text) {
      const most = text.length * 3 + 4
      if (used + most > current.length) {
        if (used > 0) seal(most)
        else current = Buffer.allocUnsafe(Math.max(PAGE, most))
      }
      const length = current.write(text, used + 4, 'utf8')
      current.writeUInt32LE(length === text.length ? (length | IS_ASCII) >>> 0 : length, used)
      if (count === places.length) {
        const grown = new Uint32Array(count * 2)
        grown.set(places)
        places = grown
      }
      places[count++] = pages.length * PAGE + used
      used += 4 + length
      // A page is addressed by 16 bits: a longer string fills one of its own.
      if (used >= PAGE) {
        seal(PAGE)
      }
    },
    get(index) {
      const slot = index & (RECENT - 1)
      if (recentIndex[slot] === index) return recent[slot]!
      const place = places[index]!
      const page = pageOf(Math.floor(place / PAGE))
      const at = place % PAGE
      const marked = page.readUInt32LE(at)
      const length = marked & 0x7fffffff
      const text = page.toString(marked >= IS_ASCII ? 'latin1' : 'utf8', at + 4, at + 4 + length)
      if (text.length <= RECENT_LENGTH) {
        recent[slot] = text
        recentIndex[slot] = index
      }
      return text
    },
    close() {
      if (spill !== null) closeSync(spill.fd)
      spill = null
      cache.clear()
    },
  }
}

function openSpill(): { fd: number; key: Buffer; size: number } {
  const path = join(tmpdir(), `carryover-strings-${randomUUID()}`)
  const fd = openSync(path, 'wx+', 0o600)
  unlinkSync(path)
  return { fd, key: randomBytes(32), size: 0 }
}

/** A block counter of its own for each page: none is used twice under the key. */
function counter(page: number): Buffer {
  const start = Buffer.alloc(16)
  start.writeUInt32BE(page, 0)
  return start
}
