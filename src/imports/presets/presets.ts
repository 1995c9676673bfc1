/** The presets that come with the program: found by name, or by the headers of a file. */
import { refuseImport } from '../refusals.ts'
import { googleContacts } from './google-contacts.ts'
import { hubspotCompanies, hubspotContacts } from './hubspot.ts'
import { outlookContacts } from './outlook.ts'
import { pipedriveOrganisations, pipedrivePersons } from './pipedrive.ts'
import { likenessOf, type Preset } from './preset.ts'
import { salesforceAccounts, salesforceContacts, salesforceLeads } from './salesforce.ts'

export const presets: readonly Preset[] = [
  hubspotContacts,
  hubspotCompanies,
  salesforceContacts,
  salesforceAccounts,
  salesforceLeads,
  pipedrivePersons,
  pipedriveOrganisations,
  googleContacts,
  outlookContacts,
]

/** Refuses `preset.unknown`. */
export function findPreset(name: string): Preset {
  const preset = presets.find((one) => one.name === name)
  if (!preset) throw refuseImport('preset.unknown', { name, names: presets.map((of) => of.name).join(', ') })
  return preset
}

/** The preset whose mark the headers bear, the longest mark first; null where none is whole. */
export function recognisePreset(headers: readonly string[]): Preset | null {
  const [best] = presets
    .map((preset) => ({ preset, likeness: likenessOf(preset, headers) }))
    .toSorted((a, b) => b.likeness - a.likeness)
  return best && best.likeness > 0 ? best.preset : null
}
