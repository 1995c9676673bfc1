/**
 * Ctrl-C and SIGTERM while a command works. Where something waits that knows how to stop (an import that can be
 * cancelled) it is asked to; anywhere else the command is given up, ends its requests and closes what it opened.
 * A second signal does not wait.
 */
import { exits } from './exit.ts'

export type Interrupt = {
  /** Aborted when the command is given up. */
  readonly signal: AbortSignal
  /** While held, a signal is only noted. */
  readonly hold: () => { readonly isAsked: () => boolean; readonly release: () => void }
  /** Runs `act`; throws `Interrupted` where it failed because it was given up. */
  readonly run: <T>(act: () => Promise<T>) => Promise<T>
  readonly stop: () => void
}

export class Interrupted extends Error {
  constructor() {
    super('interrupted')
    this.name = 'Interrupted'
  }
}

export function listenForInterrupt(): Interrupt {
  const signals = ['SIGINT', 'SIGTERM'] as const
  const givingUp = new AbortController()
  let isAsked = false
  let holders = 0
  const ask = secondSignals(
    () => {
      isAsked = true
      if (holders === 0) givingUp.abort()
    },
    () => process.exit(exits.interrupted),
  )
  for (const signal of signals) process.on(signal, ask)
  return {
    signal: givingUp.signal,
    hold: () => {
      holders += 1
      return {
        isAsked: () => isAsked,
        release: () => {
          holders -= 1
        },
      }
    },
    run: async (act) => {
      try {
        if (givingUp.signal.aborted) throw new Interrupted()
        return await act()
      } catch (error) {
        throw givingUp.signal.aborted ? new Interrupted() : error
      }
    },
    stop: () => {
      for (const signal of signals) process.removeListener(signal, ask)
    },
  }
}

/**
 * Tells a person's second Ctrl-C from the same one arriving twice, as it does when a terminal, a process manager
 * or a launcher sends it to the whole group: the repeated one comes within a moment.
 */
export function secondSignals(onFirst: () => void, onSecond: () => void): () => void {
  let state: 'none' | 'first' | 'later' = 'none'
  return () => {
    if (state === 'later') onSecond()
    if (state !== 'none') return
    state = 'first'
    setTimeout(() => {
      state = 'later'
    }, repeatMs).unref()
    onFirst()
  }
}

const repeatMs = 700

/** Where somebody else looks after signals. */
export const uninterrupted: Interrupt = {
  signal: new AbortController().signal,
  hold: () => ({ isAsked: () => false, release: () => undefined }),
  run: (act) => act(),
  stop: () => undefined,
}
