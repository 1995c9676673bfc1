/**
 * A link to a file: a web address, a path on a shared drive or on a disk, or a name with an ending.
 * Kept as written apart from a web address, which gets its canonical form; whether the file is there is not asked.
 */
import { compileUrl } from './convert-address.ts'
import type { Compile } from './value.ts'
import { problem, quoted } from './value.ts'

const WEB = /^(?:https?:\/\/|www\.)/i
const SHARE_OR_DISK = /^(?:\\\\[^\\/:*?"<>|]+\\[^:*?"<>|]+|[a-z]:[\\/][^:*?"<>|]+|file:\/\/\/?[^\s*?"<>|]+)$/i
const NAME = /^(?:[\\/])?[^\\/:*?"<>|]+(?:[\\/][^\\/:*?"<>|]+)*\.[a-z0-9]{1,8}$/i
const LONGEST = 2000

export const compileFile: Compile = (rules, format) => {
  const readUrl = compileUrl(rules, format)
  return (text) => {
    if (WEB.test(text)) return readUrl(text)
    const isPath = text.length <= LONGEST && (SHARE_OR_DISK.test(text) || NAME.test(text))
    return isPath ? text : problem('value.not_a_file', { value: quoted(text) })
  }
}
