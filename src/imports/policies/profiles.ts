/** Rules for importing that come with the program: the usual ones, and those of RAYNET. */
import type { ImportPolicy } from './contract.ts'

export const profiles: Readonly<Record<'standard' | 'raynet', ImportPolicy>> = {
  standard: {
    profile: 'standard',
    roles: ['administrator', 'manager', 'migration'],
    limits: { '*': { records: 1_000_000, textLength: null } },
    changedFile: 'stays',
  },
  // RN-02, RN-07, RN-13: administrators only, 255 characters in a cell, 5,000 clients at once.
  raynet: {
    profile: 'raynet',
    roles: ['administrator'],
    limits: { '*': { records: 5000, textLength: 255 } },
    changedFile: 'stays',
  },
}
