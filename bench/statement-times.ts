/**
 * Times every statement that a platform runs, from outside: a plugin on the pools and a wrapper around the
 * connections for COPY, so that the program itself carries nothing for it.
 */
import type { KyselyPlugin } from 'kysely'
import type pg from 'pg'
import type { Database } from '../src/platform/database.ts'

export type StatementTimes = {
  readonly database: Database
  /** Seconds by what the statement is, since the last call. */
  readonly take: () => Map<string, number>
}

export function timeStatements(database: Database): StatementTimes {
  let seconds = new Map<string, number>()
  const add = (name: string, start: number): void => {
    seconds.set(name, (seconds.get(name) ?? 0) + (performance.now() - start) / 1000)
  }
  const started = new WeakMap<object, { name: string; start: number }>()
  const plugin: KyselyPlugin = {
    transformQuery: ({ node, queryId }) => {
      started.set(queryId, { name: nameOf(textOf(node)), start: performance.now() })
      return node
    },
    transformResult: async ({ result, queryId }) => {
      const known = started.get(queryId)
      if (known) add(known.name, known.start)
      return result
    },
  }
  return {
    database: {
      ...database,
      roles: (role) => database.roles(role).withPlugin(plugin),
      connect: async (role, purpose) => timeClient(await database.connect(role, purpose), add),
    },
    take: () => {
      const taken = seconds
      seconds = new Map()
      return taken
    },
  }
}

function timeClient(client: pg.Client, add: (name: string, start: number) => void): pg.Client {
  const query = client.query.bind(client)
  client.query = ((...args: Parameters<typeof query>) => {
    const answer = query(...args) as unknown
    const [text] = args as unknown[]
    if (typeof text === 'string' && answer instanceof Promise) {
      const start = performance.now()
      return answer.finally(() => add(nameOf(text), start))
    }
    return answer
  }) as typeof client.query
  return client
}

/** The fixed text of a statement, and its first words of parameters, which tell findings apart. */
function textOf(node: unknown): string {
  const { kind } = node as { kind: string }
  if (kind === 'RawNode') {
    const { sqlFragments, parameters } = node as { sqlFragments: string[]; parameters: unknown[] }
    return sqlFragments
      .map((fragment, at) => fragment + (at < parameters.length ? textOf(parameters[at]) : ''))
      .join('')
  }
  if (kind === 'ValueNode') return String((node as { value: unknown }).value)
  if (kind === 'IdentifierNode') return (node as { name: string }).name
  return Object.values(node as object)
    .filter((part) => typeof part === 'object' && part !== null)
    .map((part) => (Array.isArray(part) ? part.map(textOf).join('.') : 'kind' in part ? textOf(part) : ''))
    .join('.')
}

function nameOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const code = /'?\b((?:row|value|reference)\.[a-z_]+)/.exec(line)?.[1]
  return (code ? `${code}: ` : '') + line.replace(/\d+/g, '…').slice(0, 70)
}
