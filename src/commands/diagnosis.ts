/** One line of doctor: what was looked at, how it is, and what to do where it is not well. */
export type State = 'ok' | 'warning' | 'problem'

export type Diagnosis = {
  readonly name: string
  readonly state: State
  readonly says: string
  readonly advice?: string
}
