/** The program's log (pino, JSON lines on stderr). Values from people's files never go into it. */
import { destination, type Logger, pino } from 'pino'

export type Log = Logger

export function createLog(level: string): Log {
  return pino(
    { level, base: null, redact: ['req.headers.authorization', 'req.headers.cookie'] },
    destination(2),
  )
}
