/** A real SMTP server on loopback that keeps what it takes, and can be told to say no. */
import { once } from 'node:events'
import { SMTPServer } from 'smtp-server'

export type ReceivedMail = {
  readonly from: string
  readonly to: string[]
  readonly source: string
  readonly user: string | null
}

export type TestMailServer = {
  readonly port: number
  readonly received: ReceivedMail[]
  /** What it says to every recipient from now on; null: it takes everything. */
  readonly refuse: (answer: { code: number; text: string } | null) => void
  readonly close: () => Promise<void>
}

/** With `password` it asks for sign-in as `carryover`. */
export async function startMailServer(options: { password?: string } = {}): Promise<TestMailServer> {
  const received: ReceivedMail[] = []
  let refusal: { code: number; text: string } | null = null
  const server = new SMTPServer({
    authOptional: options.password === undefined,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) =>
      username === 'carryover' && password === options.password
        ? done(null, { user: username })
        : done(Object.assign(new Error('Authentication failed'), { responseCode: 535 })),
    onRcptTo: (_address, _session, done) =>
      refusal ? done(Object.assign(new Error(refusal.text), { responseCode: refusal.code })) : done(),
    onData: (stream, session, done) => {
      const pieces: Buffer[] = []
      stream.on('data', (piece: Buffer) => pieces.push(piece))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map((to) => to.address),
          source: Buffer.concat(pieces).toString(),
          user: (session.user as string | undefined) ?? null,
        })
        done()
      })
    },
  })
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    received,
    refuse: (answer) => {
      refusal = answer
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
