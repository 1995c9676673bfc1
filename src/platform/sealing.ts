/**
 * Secrets at rest: one master key seals small secrets (file keys, mail passwords) with AES-256-GCM bound to
 * a context, so that a sealed value cannot be moved to another row. A `Sealed` prints as `<sealed>`.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

export type MasterKey = { readonly derive: (purpose: string, length?: number) => Buffer }

export class Sealed {
  readonly #bytes: Buffer
  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }
  /** The sealed bytes as they are stored: version, nonce, tag, ciphertext. */
  bytes(): Buffer {
    return this.#bytes
  }
  toString(): string {
    return '<sealed>'
  }
  toJSON(): string {
    return '<sealed>'
  }
}

const version = 1

/** Wraps 32 random bytes; sub-keys are derived by purpose (HKDF-SHA-256, RFC 5869). */
export function openMasterKey(bytes: Buffer): MasterKey {
  if (bytes.length !== 32) throw new Error('The master key must have 32 bytes.')
  return {
    derive: (purpose, length = 32) => Buffer.from(hkdfSync('sha256', bytes, 'carryover', purpose, length)),
  }
}

export function seal(key: MasterKey, context: string, secret: Buffer): Sealed {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key.derive('sealing'), nonce)
  cipher.setAAD(Buffer.from(context))
  const text = Buffer.concat([cipher.update(secret), cipher.final()])
  return new Sealed(Buffer.concat([Buffer.from([version]), nonce, cipher.getAuthTag(), text]))
}

/** Throws when the bytes were changed, or sealed for another context. */
export function unseal(key: MasterKey, context: string, sealed: Buffer): Buffer {
  if (sealed[0] !== version) throw new Error('This secret was sealed by a newer version.')
  const decipher = createDecipheriv('aes-256-gcm', key.derive('sealing'), sealed.subarray(1, 13))
  decipher.setAAD(Buffer.from(context))
  decipher.setAuthTag(sealed.subarray(13, 29))
  return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()])
}
