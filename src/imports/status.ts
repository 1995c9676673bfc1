/**
 * The states of an import and the moves between them: one table, equal to the check constraint in SQL
 * (a test compares them). `in_progress` is loading, or undoing.
 */
export const importStatuses = [
  'incomplete',
  'checking',
  'failed',
  'waiting_for_approval',
  'in_progress',
  'completed',
  'cancelled',
  'undone',
  'partly_undone',
] as const
export type ImportStatus = (typeof importStatuses)[number]

export const transitions: Readonly<Record<ImportStatus, readonly ImportStatus[]>> = {
  incomplete: ['checking', 'cancelled'],
  checking: ['waiting_for_approval', 'failed', 'incomplete', 'cancelled'],
  failed: ['checking', 'incomplete', 'cancelled'],
  waiting_for_approval: ['in_progress', 'checking', 'incomplete', 'cancelled'],
  in_progress: [
    'completed',
    'failed',
    'waiting_for_approval',
    'checking',
    'cancelled',
    'undone',
    'partly_undone',
  ],
  completed: ['in_progress'],
  cancelled: [],
  undone: [],
  partly_undone: ['in_progress'],
}

export function mayMove(from: ImportStatus, to: ImportStatus): boolean {
  return transitions[from].includes(to)
}

/** States in which mapping, reading and rules may be changed. */
export const editable: readonly ImportStatus[] = ['incomplete', 'failed', 'waiting_for_approval']
/** States in which nothing happens until a person acts. */
export const resting: readonly ImportStatus[] = [
  'incomplete',
  'failed',
  'waiting_for_approval',
  'completed',
  'cancelled',
  'undone',
  'partly_undone',
]
