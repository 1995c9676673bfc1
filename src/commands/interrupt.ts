/**
 * Ctrl-C and SIGTERM while a command works. Where something waits that knows how to stop (an import that can be
 * cancelled) it is asked to; anywhere else the command is given up and closes what it opened. A second signal
 * does not wait.
 */
import { exits } from './exit.ts'

export type Interrupt = {
  /** While held, a signal is only noted. */
  readonly hold: () => { readonly isAsked: () => boolean; readonly release: () => void }
  /** Runs `act`, or throws `Interrupted` when a signal comes that nobody holds. */
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
  let isAsked = false
  let holders = 0
  let giveUp: (() => void) | null = null
  const ask = (): void => {
    if (isAsked) process.exit(exits.interrupted)
    isAsked = true
    if (holders === 0) giveUp?.()
  }
  for (const signal of signals) process.on(signal, ask)
  return {
    hold: () => {
      holders += 1
      return {
        isAsked: () => isAsked,
        release: () => {
          holders -= 1
        },
      }
    },
    run: (act) =>
      new Promise((resolve, reject) => {
        giveUp = () => reject(new Interrupted())
        if (isAsked) giveUp()
        else act().then(resolve, reject)
      }),
    stop: () => {
      for (const signal of signals) process.removeListener(signal, ask)
    },
  }
}

/** Where somebody else looks after signals. */
export const uninterrupted: Interrupt = {
  hold: () => ({ isAsked: () => false, release: () => undefined }),
  run: (act) => act(),
  stop: () => undefined,
}
