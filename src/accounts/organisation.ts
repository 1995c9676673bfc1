/** The organisation: its name, and the defaults that reading and showing data fall back to. */
import countries from 'i18n-iso-countries'
import type { Work } from '../platform/work.ts'
import { requirePermission } from './access.ts'
import { changedFields, type Effects } from './effects.ts'
import {
  type Organisation,
  type OrganisationChange,
  readOrganisation,
  updateOrganisation,
} from './organisations.store.ts'
import { refuseAccount } from './refusals.ts'

export async function findOrganisation(work: Work): Promise<Organisation> {
  return readOrganisation(work)
}

export async function changeOrganisation(
  work: Work,
  change: OrganisationChange,
  effects: Effects,
): Promise<Organisation> {
  requirePermission(work, 'organisation.manage')
  checkDefaults(change)
  const before = await readOrganisation(work)
  await updateOrganisation(work, change)
  const after = await readOrganisation(work)
  const changes = changedFields(textOf(before), textOf(after))
  if (changes.length > 0)
    await effects.recordEvent(work, {
      kind: 'organisation',
      recordId: work.org,
      event: 'organisation.changed',
      changes,
    })
  return after
}

/** Refuses a time zone, country or currency that does not exist. */
export function checkDefaults(values: OrganisationChange): void {
  const { timeZone, country, currency } = values
  if (timeZone !== undefined && !isTimeZone(timeZone))
    throw refuseAccount('organisation.time_zone_unknown', { value: timeZone })
  if (country !== undefined && !countries.isValid(country))
    throw refuseAccount('organisation.country_unknown', { value: country })
  if (currency !== undefined && !Intl.supportedValuesOf('currency').includes(currency))
    throw refuseAccount('organisation.currency_unknown', { value: currency })
}

/** Names only: the runtime would take offsets such as `+02:00` too. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

function textOf({ name, language, timeZone, country, currency }: Organisation): Record<string, string> {
  return { name, language, timeZone, country, currency }
}
