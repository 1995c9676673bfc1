/** What the test run's server is called and how it is reached; known to its starter and to its users. */
import { openMasterKey } from '../../src/platform/sealing.ts'

export type TestServer = {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  /** Goes with the run; whatever a test writes to disk belongs into it. */
  readonly folder: string
}

export const templateName = 'carryover_template'
/** The same for all tests of a run, because database roles and their passwords belong to the whole server. */
export const testKey = openMasterKey(Buffer.alloc(32, 7))
