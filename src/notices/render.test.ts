import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { renderMail, templateNames } from './render.ts'

const params = {
  name: 'Jana',
  organisation: 'Sunrise <Trading> & Co',
  invitedBy: 'Alena',
  role: 'Operator',
  link: 'https://carryover.example/invitation?token=1.2.abc',
  expires: '9 March 2026',
  host: 'smtp.example',
}

const cases = templateNames.flatMap((name) => (['en', 'cs'] as const).map((language) => ({ name, language })))

test.each(cases)('$name in $language has subject, text and HTML, and leaves no parameter open', async (c) => {
  const mail = await renderMail(c.name, c.language, params)
  expect(mail.subject).not.toBe('')
  expect(mail.subject).not.toContain('Subject:')
  expect(mail.text).toContain('Sunrise <Trading> & Co')
  expect(mail.html).toContain('Sunrise &lt;Trading&gt; &amp; Co')
  expect(mail.html).not.toContain('<Trading>')
  expect(mail.html).toContain(`<html lang="${c.language}">`)
  expect(mail.subject + mail.text + mail.html).not.toMatch(/\{\{|\{%/)
})

test('every template file belongs to a template, and every template has its four files', async () => {
  const files = (await readdir(new URL('templates/', import.meta.url))).sort()
  const expected = cases.flatMap(({ name, language }) =>
    ['html', 'text'].map((form) => `${name.replace('_', '-')}.${language}.${form}.liquid`),
  )
  expect(files).toEqual([...expected, 'layout.html.liquid'].sort())
})

test('a name with line breaks and Liquid in it stays one line of plain words', async () => {
  const name = 'Eve\r\nBcc: all@example.com\u2028\u202e{{ link }}'
  const mail = await renderMail('invitation', 'en', { ...params, invitedBy: name })
  expect(mail.subject).toBe('Eve Bcc: all@example.com {{ link }} invites you to Sunrise <Trading> & Co')
})

test('a missing parameter is a bug, not a hole in a message', async () => {
  await expect(renderMail('invitation', 'en', { name: 'Jana' })).rejects.toThrow(/undefined variable/)
})
