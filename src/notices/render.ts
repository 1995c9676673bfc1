/**
 * Messages from Liquid templates: a text whose first line is the subject, and the same as HTML. What people
 * typed is escaped in HTML and kept to one line in reading order, so that it shapes neither markup nor headers.
 */
import { fileURLToPath } from 'node:url'
import { Liquid } from 'liquidjs'
import type { Language } from '../platform/refusal.ts'

export const templateNames = ['invitation', 'password_reset', 'test'] as const
export type TemplateName = (typeof templateNames)[number]

export type MailParams = Readonly<Record<string, string>>

type RenderedMail = { readonly subject: string; readonly text: string; readonly html: string }

const common = {
  root: fileURLToPath(new URL('templates/', import.meta.url)),
  cache: true,
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
} as const

const plain = new Liquid(common)
const escaping = new Liquid({ ...common, outputEscape: 'escape' })

/** Throws when a parameter of the template is missing. */
export async function renderMail(
  template: TemplateName,
  language: Language,
  params: MailParams,
): Promise<RenderedMail> {
  const values = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      value.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ').trim(),
    ]),
  )
  const name = `${template.replaceAll('_', '-')}.${language}`
  const [first = '', ...rest] = String(await plain.renderFile(`${name}.text.liquid`, values)).split('\n')
  const subject = first.replace(/^Subject: /, '')
  const html = String(await escaping.renderFile(`${name}.html.liquid`, { ...values, language, subject }))
  return { subject, text: rest.join('\n').trim(), html: html.trim() }
}
