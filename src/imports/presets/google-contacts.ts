/** Google Contacts: the layout of today, and the one with types and *Given Name* that it wrote before 2024. */
import { column, companiesNamedIn, type Preset } from './preset.ts'

const organisations = 'Organization Name, Organization 1 - Name'
const numbered = (what: string, count: number): string =>
  Array.from({ length: count }, (_, at) => `${what} ${at + 1} - Value`).join(',')

export const googleContacts: Preset = {
  name: 'google-contacts',
  labels: { en: 'Google Contacts', cs: 'Kontakty Google' },
  marks: [
    ['Given Name', 'Family Name', 'E-mail 1 - Value'],
    ['First Name', 'Last Name', 'E-mail 1 - Value'],
    ['Given Name', 'Family Name', 'Phone 1 - Value'],
    ['First Name', 'Last Name', 'Phone 1 - Value'],
    ['First Name', 'Phonetic First Name', 'File As'],
    ['Given Name', 'Group Membership'],
  ],
  sources: [
    {
      kind: 'contacts',
      needs: [],
      rest: 'note',
      columns: [
        column('Name', 'name'),
        column('First Name, Given Name', 'firstName'),
        column('Last Name, Family Name', 'lastName'),
        column('Name Prefix', 'titleBefore'),
        column('Name Suffix', 'titleAfter'),
        column(organisations, 'client', { lookup: 'name' }),
        column('Organization Title, Organization 1 - Title', 'position'),
        column('Organization Department, Organization 1 - Department', 'department'),
        column('Birthday', 'birthday'),
        column('Gender', 'gender'),
        column('Language', 'language', { createOptions: true }),
        column('Labels, Group Membership', 'tags', { format: { separator: ':::' } }),
        column(numbered('E-mail', 5), 'email, email2'),
        column(numbered('Phone', 7), 'phone, phone2'),
        column('Website 1 - Value', 'website'),
        column('Address 1 - Street', 'privateStreet'),
        column('Address 1 - City', 'privateCity'),
        column('Address 1 - Region', 'privateProvince'),
        column('Address 1 - Postal Code', 'privatePostalCode'),
        column('Address 1 - Country', 'privateCountry'),
        column('Notes', 'note'),
      ],
    },
    companiesNamedIn(organisations),
  ],
}
