/**
 * One message to one SMTP server. Hides nodemailer; tells apart what is worth another attempt (the server is
 * away or says "later", RFC 5321 §4.2.1) from what is not (it says no).
 */
import { createTransport } from 'nodemailer'
import type { MailServer } from './mail-settings.store.ts'

export type SmtpServer = MailServer & { readonly password: string | null }

type SmtpMessage = {
  /** The same at every attempt, so that a mailbox that got it twice can tell. */
  readonly key: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

export type SmtpOutcome =
  | { readonly outcome: 'sent'; readonly answer: string }
  | { readonly outcome: 'later' | 'refused'; readonly answer: string }

const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 } as const

/** Never throws for what a server or the network does: that is the outcome. */
export async function sendBySmtp(
  server: SmtpServer,
  message: SmtpMessage,
  signal?: AbortSignal,
): Promise<SmtpOutcome> {
  const transport = createTransport({
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    ...(server.user === null ? {} : { auth: { user: server.user, pass: server.password ?? '' } }),
    disableFileAccess: true,
    disableUrlAccess: true,
    ...patience,
  })
  const stop = (): void => transport.close()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    const domain = server.fromAddress.split('@').at(-1) ?? 'localhost'
    const sent = await transport.sendMail({
      from: { name: server.fromName, address: server.fromAddress },
      to: { name: '', address: message.to },
      subject: message.subject,
      text: message.text,
      html: message.html,
      messageId: `<${message.key}@${domain}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    return { outcome: 'sent', answer: sent.response }
  } catch (error) {
    return readFailure(error)
  } finally {
    signal?.removeEventListener('abort', stop)
    transport.close()
  }
}

type SmtpError = Error & { responseCode?: number; response?: string; code?: string }

const networkCodes = new Set([
  'ECONNECTION',
  'ECONNREFUSED',
  'ECONNRESET',
  'EDNS',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ESOCKET',
  'ETIMEDOUT',
])

/** A bug of ours is thrown on; everything that bears a code of SMTP or the network is an outcome. */
function readFailure(error: unknown): SmtpOutcome {
  const { responseCode, response, code, message } = error as SmtpError
  if (responseCode !== undefined)
    return { outcome: responseCode >= 500 ? 'refused' : 'later', answer: response ?? message }
  if (code !== undefined && networkCodes.has(code)) return { outcome: 'later', answer: message }
  if (code !== undefined && /^E[A-Z]+$/.test(code)) return { outcome: 'refused', answer: message }
  throw error
}
