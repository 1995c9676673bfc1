/** Pipedrive: persons and organisations, with and without the name of the kind before each header. */
import { column, companiesNamedIn, type Preset } from './preset.ts'

const organisations = 'Person - Organization, Organization'

export const pipedrivePersons: Preset = {
  name: 'pipedrive-persons',
  labels: { en: 'Pipedrive: persons', cs: 'Pipedrive: osoby' },
  marks: [
    ['Person - Name', 'Person - Organization'],
    ['Person - Name', 'Person - Owner'],
    ['Person - ID', 'Person - Name'],
    ['Name', 'Organization', 'Owner', 'Label'],
    ['Name', 'Email', 'Organization', 'Owner'],
  ],
  sources: [
    {
      kind: 'contacts',
      needs: [],
      rest: 'note',
      columns: [
        column('Person - ID, ID', 'externalId'),
        column('Person - Name, Name', 'name'),
        column('Person - First name, First name', 'firstName'),
        column('Person - Last name, Last name', 'lastName'),
        column(organisations, 'client', { lookup: 'name' }),
        column('Person - Label, Person - Labels, Label, Labels', 'tags', { format: { separator: ',' } }),
        column(
          'Person - Email - Work, Person - Email, Email - Work, Email, Person - Email - Home, Email - Home, Person - Email - Other, Email - Other',
          'email, email2',
        ),
        column(
          'Person - Phone - Work, Person - Phone, Phone - Work, Phone, Person - Phone - Mobile, Phone - Mobile, Person - Phone - Home, Phone - Home, Person - Phone - Other, Phone - Other',
          'phone, phone2',
        ),
        column('Person - Job title, Job title', 'position'),
        column('Person - Birthday, Birthday', 'birthday'),
        column('Person - Notes, Notes', 'note'),
      ],
    },
    companiesNamedIn(organisations),
  ],
}

export const pipedriveOrganisations: Preset = {
  name: 'pipedrive-organizations',
  labels: { en: 'Pipedrive: organisations', cs: 'Pipedrive: organizace' },
  marks: [
    ['Organization - Name', 'Organization - Owner'],
    ['Organization - Name', 'Organization - Address'],
    ['Organization - ID', 'Organization - Name'],
  ],
  sources: [
    {
      kind: 'clients',
      needs: ['name'],
      rest: 'note',
      columns: [
        column('Organization - ID', 'externalId'),
        column('Organization - Name', 'name'),
        column('Organization - Label, Organization - Labels', 'tags', { format: { separator: ',' } }),
        column('Organization - Street/road name of Address, Organization - Address', 'billingStreet'),
        column('Organization - City/town/village/locality of Address', 'billingCity'),
        column('Organization - State/county of Address', 'billingProvince'),
        column('Organization - ZIP/Postal code of Address', 'billingPostalCode'),
        column('Organization - Country of Address', 'billingCountry'),
        column('Organization - Website', 'website'),
        column('Organization - Industry', 'economicActivity', { createOptions: true }),
        column('Organization - Number of employees', 'employees'),
        column('Organization - Annual revenue', 'turnover'),
      ],
    },
  ],
}
