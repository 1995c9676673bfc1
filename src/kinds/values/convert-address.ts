/**
 * E-mail and web addresses. Strict enough that a typing slip is found, practical enough for what servers accept.
 * Canonical: the local part as written, the domain in lower case and in letters rather than punycode;
 * a web address has a scheme.
 */
import { domainToASCII, domainToUnicode } from 'node:url'
import type { Compile } from './value.ts'
import { problem, quoted } from './value.ts'

const ORDINARY_EMAIL =
  /^[A-Za-z0-9_%+-]+(?:\.[A-Za-z0-9_%+-]+)*@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*\.[a-z]{2,63}$/
const LOCAL = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const LONGEST_EMAIL = 254
const LONGEST_DOMAIN = 253

export const compileEmail: Compile = () => (text) => {
  if (text.length <= LONGEST_EMAIL && !text.includes('xn--') && ORDINARY_EMAIL.test(text)) {
    return text.indexOf('@') <= 64 ? text : problem('value.not_an_email', { value: quoted(text) })
  }
  const at = text.lastIndexOf('@')
  const first = text.indexOf('@')
  if (first !== at && /[,;/\s]/.test(text)) return problem('value.several_values')
  const local = text.slice(0, at)
  const domain = at < 1 || first !== at ? null : canonicalDomain(text.slice(at + 1))
  if (domain === null || local.length > 64 || text.length > LONGEST_EMAIL || !LOCAL.test(local)) {
    return problem('value.not_an_email', { value: quoted(text) })
  }
  return `${local}@${domain}`
}

const ORDINARY_URL =
  /^(?:https?:\/\/)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}(?:[/?#][!-~]*)?$/
const URL_PARTS = /^(?:(https?):\/\/)?([^\s/?#@:]+)(:\d{1,5})?((?:[/?#][^\s]*)?)$/i

export const compileUrl: Compile = () => (text) => {
  if (text.length <= LONGEST_DOMAIN && ORDINARY_URL.test(text) && !text.includes('xn--')) {
    return text.startsWith('http://') || text.startsWith('https://') ? text : `https://${text}`
  }
  const match = URL_PARTS.exec(text)
  const domain = match === null ? null : canonicalDomain(match[2]!)
  if (match === null || domain === null) {
    const several = /[,;\s]/.test(text) && text.split(/[,;\s]+/).every((part) => URL_PARTS.test(part))
    return several ? problem('value.several_values') : problem('value.not_a_url', { value: quoted(text) })
  }
  return `${(match[1] ?? 'https').toLowerCase()}://${domain}${match[3] ?? ''}${match[4] ?? ''}`
}

/** Lower case and in letters; null when it cannot be the name of a host on the internet. */
function canonicalDomain(domain: string): string | null {
  const ascii = domainToASCII(domain.toLowerCase())
  if (ascii === '' || ascii.length > LONGEST_DOMAIN) return null
  const labels = ascii.split('.')
  if (labels.length < 2 || !labels.every((label) => LABEL.test(label))) return null
  if (/^\d+$/.test(labels.at(-1)!) || labels.at(-1)!.length < 2) return null
  const letters = ascii.includes('xn--') ? domainToUnicode(ascii) : ascii
  return letters === '' ? null : letters
}
