/**
 * Passwords: what makes one acceptable, and how it is kept (Argon2id, RFC 9106, as a PHC string, with the
 * OWASP minimum of 19 MiB and two passes). Hashing runs in the thread pool, so the loop is not blocked.
 */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { refuseAccount } from './refusals.ts'

const cost = { memory: 19_456, passes: 2, parallelism: 1 } as const
const saltBytes = 16
const hashBytes = 32

const passwordLimits = { least: 10, most: 200 } as const

/** Those of at least ten characters that lists of stolen passwords begin with. */
const commonest = new Set([
  '0123456789',
  '1234567890',
  '12345678910',
  '0987654321',
  '1q2w3e4r5t',
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc',
  'qwertyuiop',
  'qwertzuiop',
  'qwerty12345',
  'qwerty123456',
  'asdfghjkl123',
  'abcdefghij',
  'abcd123456',
  'abc1234567',
  'password12',
  'password123',
  'password1234',
  'password12345',
  'passw0rd123',
  'heslo12345',
  'heslo123456',
  'mojeheslo123',
  'iloveyou123',
  'welcome123',
  'welcome1234',
  'letmein123',
  'administrator',
  'administrator1',
  'admin12345',
  'admin123456',
  'changeme123',
  'carryover123',
  'football123',
  'sunshine123',
])

/** The same characters can be typed in several encodings (é as one or two); both must open the same door. */
function normalise(password: string): string {
  return password.normalize('NFC')
}

/** Refuses what is too short, too long, the person's own address, or what everybody tries first. */
export function checkPassword(password: string, email: string): void {
  const characters = Array.from(normalise(password))
  const { least, most } = passwordLimits
  if (characters.length < least) throw refuseAccount('password.too_short', { least })
  if (characters.length > most) throw refuseAccount('password.too_long', { most })
  const lower = normalise(password).toLowerCase()
  if (lower === email.toLowerCase() || lower === email.toLowerCase().split('@')[0])
    throw refuseAccount('password.is_email')
  if (commonest.has(lower) || new Set(characters).size < 4) throw refuseAccount('password.too_common')
}

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  const hash = await derive(password, salt, cost, hashBytes)
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${base64(salt)}$${base64(hash)}`
}

type Kept = { readonly cost: Cost; readonly salt: Buffer; readonly hash: Buffer }
type Cost = { readonly memory: number; readonly passes: number; readonly parallelism: number }

/** `null` stands for somebody unknown: it costs the same time and is never right. */
export async function verifyPassword(password: string, kept: string | null): Promise<boolean> {
  const parsed = parse(kept ?? nobody)
  const derived = await derive(password, parsed.salt, parsed.cost, parsed.hash.length)
  return timingSafeEqual(derived, parsed.hash) && kept !== null
}

/** True when the hash was made at another cost than today's. */
export function needsRehash(kept: string): boolean {
  const { memory, passes, parallelism } = parse(kept).cost
  return memory !== cost.memory || passes !== cost.passes || parallelism !== cost.parallelism
}

const nobody = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${base64(
  Buffer.alloc(saltBytes),
)}$${base64(Buffer.alloc(hashBytes))}`

function parse(kept: string): Kept {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(kept)
  if (!parts) throw new Error('A kept password hash is not a PHC string of Argon2id.')
  return {
    cost: { memory: Number(parts[1]), passes: Number(parts[2]), parallelism: Number(parts[3]) },
    salt: Buffer.from(parts[4]!, 'base64'),
    hash: Buffer.from(parts[5]!, 'base64'),
  }
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}

const argon2Async = promisify(argon2)

async function derive(password: string, salt: Buffer, cost: Cost, tagLength: number): Promise<Buffer> {
  return argon2Async('argon2id', { message: normalise(password), nonce: salt, tagLength, ...cost })
}
