/**
 * Secrets that callers present: random, kept as SHA-256 only, compared in constant time. What carries one
 * names organisation and row as well, so that a row is always read inside of its organisation.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { asId, type OrgId } from '../platform/ids.ts'

export type Handle = { readonly org: OrgId; readonly id: string; readonly secret: string }

/** 32 random bytes: no guess succeeds, so a fast hash is enough to keep it. */
export function makeSecret(): string {
  return randomBytes(32).toString('base64url')
}

export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

export function matchesSecret(secret: string, hash: Buffer): boolean {
  return timingSafeEqual(hashSecret(secret), hash)
}

/** For session cookies and links in mail. */
export function writeHandle({ org, id, secret }: Handle): string {
  return `${org}.${id}.${secret}`
}

export function readHandle(text: string): Handle | null {
  return readParts(/^([1-9]\d{0,17})\.([1-9]\d{0,17})\.([A-Za-z0-9_-]{43})$/.exec(text))
}

/** `cok_…`: recognisable to scanners that look for leaked keys. */
export function writeApiKey({ org, id, secret }: Handle): string {
  return `cok_${org}_${id}_${secret}`
}

export function readApiKey(text: string): Handle | null {
  return readParts(/^cok_([1-9]\d{0,17})_([1-9]\d{0,17})_([A-Za-z0-9_-]{43})$/.exec(text))
}

function readParts(parts: RegExpExecArray | null): Handle | null {
  return parts && { org: asId<OrgId>(parts[1]!), id: parts[2]!, secret: parts[3]! }
}
