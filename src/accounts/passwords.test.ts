import { argon2Sync } from 'node:crypto'
import { expect, test } from 'vitest'
import { checkPassword, hashPassword, needsRehash, verifyPassword } from './passwords.ts'

const email = 'jana.nova@sunrise.example'

test.each([
  ['nine char', 'password.too_short'],
  ['háčky 123', 'password.too_short'],
  ['x'.repeat(90) + 'abcdefghij'.repeat(12), 'password.too_long'],
  ['Password123', 'password.too_common'],
  ['aaaaaaaaaaaaaaaa', 'password.too_common'],
  ['1212121212', 'password.too_common'],
  [email, 'password.is_email'],
  ['JANA.NOVA@sunrise.example', 'password.is_email'],
])('%j is refused with %s', (password, code) => {
  expect(() => checkPassword(password, email)).toThrow(expect.objectContaining({ code }))
})

test.each(['ten chars!', 'tichá voda', '😀😃😄😁😆😅🤣😂🙂🙃', 'x1y2z3 '.repeat(28)])(
  '%j is taken',
  (password) => {
    expect(() => checkPassword(password, email)).not.toThrow()
  },
)

test('a hash opens with its password, however its accents are encoded, and with no other', async () => {
  const hash = await hashPassword('tichá voda břehy mele')
  expect(await verifyPassword('tichá voda břehy mele'.normalize('NFD'), hash)).toBe(true)
  expect(await verifyPassword('tichá voda břehy mele ', hash)).toBe(false)
  expect(hash).not.toBe(await hashPassword('tichá voda břehy mele'))
  expect(needsRehash(hash)).toBe(false)
})

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}

test('a hash made at another cost still opens, and asks to be made anew', async () => {
  const salt = Buffer.from('saltsaltsaltsalt')
  const cheap = { memory: 4096, passes: 1, parallelism: 1 }
  const key = argon2Sync('argon2id', { message: 'correct horse', nonce: salt, tagLength: 32, ...cheap })
  const hash = `$argon2id$v=19$m=4096,t=1,p=1$${unpadded(salt)}$${unpadded(key)}`
  expect(await verifyPassword('correct horse', hash)).toBe(true)
  expect(await verifyPassword('correct mule', hash)).toBe(false)
  expect(needsRehash(hash)).toBe(true)
})

test('nobody’s password is never right', async () => {
  expect(await verifyPassword('', null)).toBe(false)
  expect(await verifyPassword('anything at all', null)).toBe(false)
})

test('a kept value that is no hash is a bug and not a wrong password', async () => {
  await expect(verifyPassword('x', 'plain text')).rejects.toThrow('PHC')
})
