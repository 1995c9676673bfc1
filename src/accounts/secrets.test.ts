import { expect, test } from 'vitest'
import { asId } from '../platform/ids.ts'
import {
  type Handle,
  hashSecret,
  makeSecret,
  matchesSecret,
  readApiKey,
  readHandle,
  writeApiKey,
  writeHandle,
} from './secrets.ts'

const handle: Handle = { org: asId('12'), id: '34', secret: makeSecret() }

test('cookies, links and keys carry organisation, row and secret', () => {
  expect(readHandle(writeHandle(handle))).toEqual(handle)
  expect(readApiKey(writeApiKey(handle))).toEqual(handle)
  const dashes = { ...handle, secret: '_'.repeat(20) + '-'.repeat(23) }
  expect(readApiKey(writeApiKey(dashes))).toEqual(dashes)
})

test.each([
  '',
  '1.2',
  `0.2.${handle.secret}`,
  `1.02.${handle.secret}`,
  `1.2.${handle.secret}x`,
  `1.2.${handle.secret}\n`,
  `-1.2.${handle.secret}`,
  `1' or '1'='1.2.${handle.secret}`,
  `9999999999999999999.2.${handle.secret}`,
])('%j is no handle', (text) => {
  expect(readHandle(text)).toBeNull()
  expect(readApiKey(`cok_${text.replaceAll('.', '_')}`)).toBeNull()
})

test('a secret matches its own hash only, and no two are the same', () => {
  const hash = hashSecret(handle.secret)
  expect(matchesSecret(handle.secret, hash)).toBe(true)
  expect(matchesSecret(makeSecret(), hash)).toBe(false)
  expect(new Set(Array.from({ length: 100 }, makeSecret)).size).toBe(100)
})
